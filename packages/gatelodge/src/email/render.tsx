// The frame of all emails, as text and as HTML: why it comes, the link on its own line, how long it works, what to do
// if it was not you. No picture from elsewhere, nothing that tells us whether it was read.

import { deviceName } from '../text/device-name.ts'
import type { Text } from '../text/text.ts'
import { EmailDocument } from './html.tsx'
import { linkOf, resetLink } from './links.ts'
import type { EmailSite, Parts } from './parts.ts'
import type { EmailContent } from './queue.ts'
import type { EmailKind, EmailTemplate } from './template.ts'
import { emailWords } from './words.ts'

export interface RenderedEmail {
  subject: string
  text: string
  html: string
}

/** @throws {Error} for a kind that no capability declares. */
export function renderEmail(kind: EmailKind, content: EmailContent, site: EmailSite): RenderedEmail {
  const template = site.templates[kind]
  if (!template) throw new Error(`no capability declares the email "${kind}"`)
  const { to, otherEmail = '', provider = '', link } = content
  const { emailFrame, formats } = site.text
  const life = link ? formats.life(link.life) : ''
  const words = emailWords(site.text, kind, template, {
    ...{ site: site.name, name: to.name, email: to.address },
    ...{ otherEmail, provider, life },
  })
  const parts: Parts = {
    ...words,
    greeting: to.name ? emailFrame.greeting({ name: to.name }) : emailFrame.greetingWithoutName,
    url: linkOf(template, link?.token, site.baseUrl),
    resetUrl: resetLink(site.baseUrl),
    facts: [
      ...(template.facts ? factsOf(content, site.text) : []),
      ...(template.otherWays ? waysOf(content, site.text) : []),
    ],
    foot: footOf(site, template),
    site,
  }
  return { subject: words.subject, text: plain(parts), html: `<!doctype html>${<EmailDocument {...parts} />}` }
}

function factsOf({ at, device, clientAddress }: EmailContent, text: Text): [string, string][] {
  const { emailFrame: frame, formats, moments } = text
  const all: [string, string][] = [
    [frame.when, moments.utc({ moment: formats.moment(at) })],
    [frame.device, device ? deviceName(text, device) : ''],
    [frame.from, clientAddress ?? ''],
  ]
  return all.filter(([, value]) => value !== '')
}

/** No name that a person gave to a passkey: a stranger may have given it. */
function waysOf({ otherWays }: EmailContent, { emailFrame, formats }: Text): [string, string][] {
  const { passkeys = 0, providers = [] } = otherWays ?? {}
  const all = [...(passkeys > 0 ? [emailFrame.passkeys({ count: passkeys })] : []), ...providers]
  return all.length === 0 ? [] : [[emailFrame.stillWorks, emailFrame.stillWorksWays({ ways: formats.list(all) })]]
}

/** The two last lines: why it came to this address, and where to ask. */
function footOf({ text: { emailFrame }, ...site }: EmailSite, { toStranger }: EmailTemplate) {
  const why = toStranger ? emailFrame.toStranger : emailFrame.toAccount
  const { support } = site
  return [why({ site: site.name }), support ? emailFrame.support({ support }) : emailFrame.notMonitored]
}

function plain(parts: Parts): string {
  const { greeting, why, link, url, howLong, facts, forgotten, notYou, reset, resetUrl, foot, site } = parts
  const factLines = facts.map(([name, value]) => `${name}: ${value}`).join('\n')
  const way = (label: string | undefined, to: string | undefined) => label && to && `${label}:\n${to}`
  const ways = [way(link, url), howLong, factLines, way(forgotten, resetUrl), notYou, way(reset, resetUrl)]
  const foots = ['-- ', site.name, ...foot].join('\n')
  return `${[greeting, why, ...ways, foots].filter(Boolean).join('\n\n')}\n`
}
