// One template for all emails, as text and as HTML: why it comes, the link on its own line, how long it works, what to do
// if it was not you. No picture from elsewhere, nothing that tells us whether it was read.

import { type EmailKind, emails, emailFrame as frame } from '../text/en/emails.ts'
import { spellLife, text } from '../text/en.ts'
import { EmailDocument } from './html.tsx'
import { linkOf, resetLink } from './links.ts'
import type { EmailSite, Parts } from './parts.ts'
import type { EmailContent } from './queue.ts'

export interface RenderedEmail {
  subject: string
  text: string
  html: string
}

export function renderEmail(kind: EmailKind, content: EmailContent, site: EmailSite): RenderedEmail {
  const { to, otherEmail = '', link } = content
  const life = link ? spellLife(link.life) : ''
  const words = emails[kind]({ site: site.name, name: to.name, email: to.address, otherEmail, life })
  const parts: Parts = {
    ...words,
    greeting: frame.greeting(to.name),
    url: linkOf(kind, link?.token, site.baseUrl),
    resetUrl: resetLink(site.baseUrl),
    facts: factsOf(content),
    foot: frame.foot(kind, site.name, site.support),
    site,
  }
  return { subject: words.subject, text: plain(parts), html: `<!doctype html>${<EmailDocument {...parts} />}` }
}

function factsOf({ at, device, clientAddress }: EmailContent): [string, string][] {
  if (device === undefined) return []
  const all: [string, string][] = [
    [frame.when, spelledMoment(at)],
    [frame.device, device],
    [frame.from, clientAddress ?? ''],
  ]
  return all.filter(([, value]) => value !== '')
}

// Made with the first email that needs it: a start has better things to do.
let moments: Intl.DateTimeFormat | undefined

function spelledMoment(at: number): string {
  moments ??= new Intl.DateTimeFormat(text.dateLocale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  return `${moments.format(at)} UTC`
}

function plain(parts: Parts): string {
  const { greeting, why, link, url, howLong, facts, forgotten, notYou, reset, resetUrl, foot, site } = parts
  const told = facts.map(([name, value]) => `${name}: ${value}`).join('\n')
  const way = (label: string | undefined, to: string | undefined) => label && to && `${label}:\n${to}`
  const ways = [way(link, url), howLong, told, way(forgotten, resetUrl), notYou, way(reset, resetUrl)]
  const foots = ['-- ', site.name, ...foot].join('\n')
  return `${[greeting, why, ...ways, foots].filter(Boolean).join('\n\n')}\n`
}
