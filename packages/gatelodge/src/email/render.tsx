// One template for all emails, as text and as HTML: why it comes, the link on its own line, how long it works, what to do
// if it was not you. No picture from elsewhere, nothing that tells us whether it was read.

import { type EmailKind, type EmailText, emails, emailFrame as frame } from '../text/en/emails.ts'
import { spellLife, text } from '../text/en.ts'
import { linkOf, resetLink } from './links.ts'
import type { EmailContent } from './queue.ts'

export interface EmailSite {
  name: string
  baseUrl: string
  support: string | undefined
}

export interface RenderedEmail {
  subject: string
  text: string
  html: string
}

interface Parts extends EmailText {
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
  return { subject: words.subject, text: plain(parts), html: `<!doctype html>${<Html {...parts} />}` }
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
  <html lang={text.language} dir={text.direction}>
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
        {url && link && <LinkBlock url={url} label={link} />}
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

const LinkBlock = ({ url, label }: { url: string; label: string }) => (
  <>
    <p style="margin: 24px 0 12px">
      <a href={url} class="button" style={button}>
        {label}
      </a>
    </p>
    <p class="quiet" style={`margin: 0 0 20px; font-size: 13px; color: ${quiet}`}>
      {frame.linkLead}
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
