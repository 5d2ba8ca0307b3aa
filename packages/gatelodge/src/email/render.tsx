// One template for all emails, as text and as HTML: why it comes, the link on its own line, how long it works, what to do
// if it was not you. No picture from elsewhere, nothing that tells us whether it was read.

import { deviceName } from '../text/device-name.ts'
import type { Text } from '../text/text.ts'
import { linkOf, resetLink } from './links.ts'
import type { EmailContent } from './queue.ts'
import { type EmailKind, type EmailWords, emailFoot, emailWords } from './words.ts'

export interface EmailSite {
  name: string
  text: Text
  baseUrl: string
  support: string | undefined
}

export interface RenderedEmail {
  subject: string
  text: string
  html: string
}

interface Parts extends EmailWords {
  greeting: string
  url: string | undefined
  resetUrl: string
  /** What a notice tells: when, on which device, from where. */
  facts: [string, string][]
  foot: string[]
  site: EmailSite
}

export function renderEmail(kind: EmailKind, content: EmailContent, site: EmailSite): RenderedEmail {
  const { to, otherEmail = '', link } = content
  const { emailFrame, formats } = site.text
  const life = link ? formats.life(link.life) : ''
  const words = emailWords(site.text, kind, { site: site.name, name: to.name, email: to.address, otherEmail, life })
  const parts: Parts = {
    ...words,
    greeting: to.name ? emailFrame.greeting({ name: to.name }) : emailFrame.greetingWithoutName,
    url: linkOf(kind, link?.token, site.baseUrl),
    resetUrl: resetLink(site.baseUrl),
    facts: factsOf(content, site.text),
    foot: emailFoot(site.text, kind, site),
    site,
  }
  return { subject: words.subject, text: plain(parts), html: `<!doctype html>${<Html {...parts} />}` }
}

function factsOf({ at, device, clientAddress }: EmailContent, text: Text): [string, string][] {
  if (device === undefined) return []
  const { emailFrame: frame, formats, moments } = text
  const all: [string, string][] = [
    [frame.when, moments.utc({ moment: formats.moment(at) })],
    [frame.device, deviceName(text, device)],
    [frame.from, clientAddress ?? ''],
  ]
  return all.filter(([, value]) => value !== '')
}

function plain(parts: Parts): string {
  const { greeting, why, link, url, howLong, facts, forgotten, notYou, reset, resetUrl, foot, site } = parts
  const told = facts.map(([name, value]) => `${name}: ${value}`).join('\n')
  const way = (label: string | undefined, to: string | undefined) => label && to && `${label}:\n${to}`
  const ways = [way(link, url), howLong, told, way(forgotten, resetUrl), notYou, way(reset, resetUrl)]
  const foots = ['-- ', site.name, ...foot].join('\n')
  return `${[greeting, why, ...ways, foots].filter(Boolean).join('\n\n')}\n`
}

// Mail programs know no style sheets: what each part looks like stands on it.
const ink = '#18201c'
const quiet = '#56625c'
const brand = '#1f6f54'
const font = "font-family: system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"
const card = `max-width: 34rem; margin: 0 auto; padding: 28px; background: #ffffff; border-radius: 14px; ${font}; font-size: 16px; line-height: 1.55; color: ${ink}; overflow-wrap: anywhere`
const button = `display: inline-block; padding: 12px 22px; background: ${brand}; color: #ffffff; border-radius: 10px; font-weight: 600; text-decoration: none`
/** The few that know one get the dark colours of our pages; the others, what stands on the parts. */
const dark = `@media (prefers-color-scheme: dark) {
body { background: #101412 !important }
.card { background: #181d1a !important; color: #e9eeeb !important }
.quiet { color: #a3afa9 !important; border-color: #2b332f !important }
.brand { color: #7fd1b0 !important }
.button { background: #7fd1b0 !important; color: #08251b !important }
}`

const Html = ({ greeting, why, link, url, howLong, facts, resetUrl, foot, site, subject, ...words }: Parts) => (
  <html lang={site.text.language} dir={site.text.direction}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{subject}</title>
      <style>{dark}</style>
    </head>
    <body style="margin: 0; padding: 24px 12px; background: #f4f5f2">
      <div class="card" style={card}>
        <p class="brand" style={`margin: 0 0 20px; font-weight: 650; color: ${brand}`}>
          {site.name}
        </p>
        <p>{greeting}</p>
        <p>{why}</p>
        {url && link && <LinkBlock url={url} label={link} lead={site.text.emailFrame.linkLead} />}
        {howLong && <p>{howLong}</p>}
        {facts.length > 0 && <Facts facts={facts} />}
        {words.forgotten && <ResetLink url={resetUrl} label={words.forgotten} />}
        <p>{words.notYou}</p>
        {words.reset && <ResetLink url={resetUrl} label={words.reset} />}
        <p
          class="quiet"
          style={`margin: 24px 0 0; padding-top: 14px; border-top: 1px solid #dfe3df; font-size: 13px; color: ${quiet}`}
        >
          {foot[0]}
          <br />
          {foot[1]}
        </p>
      </div>
    </body>
  </html>
)

const ResetLink = ({ url, label }: { url: string; label: string }) => (
  <p>
    <a href={url} class="brand" style={`color: ${brand}`}>
      {label}
    </a>
  </p>
)

const LinkBlock = ({ url, label, lead }: { url: string; label: string; lead: string }) => (
  <>
    <p style="margin: 24px 0 12px">
      <a href={url} class="button" style={button}>
        {label}
      </a>
    </p>
    <p class="quiet" style={`margin: 0 0 20px; font-size: 13px; color: ${quiet}`}>
      {lead}
      <br />
      <a href={url} class="brand" style={`color: ${brand}; word-break: break-all`}>
        {url}
      </a>
    </p>
  </>
)

const Facts = ({ facts }: { facts: [string, string][] }) => (
  <table role="presentation" style={`margin: 0 0 16px; font-size: 15px`}>
    {facts.map(([name, value]) => (
      <tr>
        <td class="quiet" style={`padding: 2px 16px 2px 0; color: ${quiet}; vertical-align: top`}>
          {name}
        </td>
        <td style="padding: 2px 0">{value}</td>
      </tr>
    ))}
  </table>
)
