import { expect, it } from 'vitest'
import { withoutWord } from '../../tests/support/outlook.ts'
import { declared } from '../app.ts'
import { paths } from '../paths.ts'
import { createText } from '../text/text.ts'
import { hours } from '../time.ts'
import type { EmailContent } from './queue.ts'
import { renderEmail } from './render.tsx'
import type { EmailKind } from './template.ts'

const templates = declared.emails

const site = {
  name: 'Ada & Söhne <Books>',
  text: createText(),
  templates,
  baseUrl: 'https://accounts.example.org',
  support: 'help@example.org',
}
const reader = { name: 'Gräfin "Ada" <Lovelace>, x@y', address: longAddress() }
/** To an address that nobody has confirmed yet: the name might be a stranger's words. */
const stranger = { ...reader, name: '' }
const link = { link: { token: 'kQ-tOkEn_'.repeat(5).slice(0, 43), life: hours(24) } }
const done = { device: { browser: 'Firefox <142>', system: 'Windows' }, clientAddress: '2001:db8::1' }
const other = { otherEmail: '"other"@example.org' }

/** Each as the product sends it: these two as well go where the name might be a stranger's words. */
const unnamed: EmailKind[] = ['email-taken', 'email-change-undone']
const kinds = Object.keys(templates) as EmailKind[]
const withLink = kinds.filter((kind) => templates[kind]?.link && templates[kind].link !== paths.login)

function longAddress(): string {
  return `${'countess.of.lovelace.'.repeat(3)}@${'a-very-long-label.'.repeat(9)}example.org`
}

function contentOf(kind: EmailKind): EmailContent {
  const isUnnamed = templates[kind]?.toStranger || unnamed.includes(kind)
  const to = isUnnamed ? stranger : reader
  return { at: Date.UTC(2026, 10, 22, 9), to, ...other, ...done, ...(withLink.includes(kind) && link) }
}

it.each(kinds)('The email "%s" says why it comes, what to do and what if it was not you', async (kind) => {
  const message = renderEmail(kind, contentOf(kind), site)
  await expect(`${message.subject}\n\n${message.text}`).toMatchFileSnapshot(`__snapshots__/${kind}.txt`)
  await expect(`${message.html}\n`).toMatchFileSnapshot(`__snapshots__/${kind}.html`)
  expect(message.subject).not.toBe('')
  expect(message.subject).not.toMatch(/[\r\n]/)
  expect(message.text).toMatch(
    /If this was not you|If this is your account|If you did not expect this|If you do not know why/,
  )
  expect(message.text).toMatch(/because you have an account|because this address was entered/)
})

it.each<[EmailKind, string]>([
  ['email-change-requested', 'to another one. Nothing changes'],
  ['email-changed', 'to another one. We no longer send emails'],
  ['name-changed', 'was changed.'],
])('The email "%s" repeats no word of a stranger to an address that nobody has confirmed', (kind, told) => {
  const { text, html } = renderEmail(kind, { at: 0, to: stranger, ...done }, site)
  for (const words of [text, html]) {
    expect(words).toContain(told)
    expect(words).toContain('Hello,')
  }
  // Without an undo link the email names whom to write to.
  if (kind === 'email-changed') expect(text).toContain('contact ')
})

it.each(withLink)('The email "%s" has its link on a line of its own, and says how long it works', (kind) => {
  const { text, html } = renderEmail(kind, contentOf(kind), site)
  const links = text.split('\n').filter((line) => line.includes('://'))
  expect(links).toEqual([expect.stringMatching(/^https:\/\/accounts\.example\.org\/[a-z/-]+\/[\w-]{43}$/)])
  expect(text).toMatch(/24 hours|1 day/)
  // As a button, and to copy.
  expect(html.split(`"${links[0]}"`)).toHaveLength(3)
  expect(html).toContain(`>${links[0]}<`)
})

it.each(kinds)(
  'The email "%s" loads nothing, reports to nobody that it was read, and links to the site only',
  (kind) => {
    const { html } = renderEmail(kind, contentOf(kind), site)
    expect(html).not.toMatch(
      /<(img|link|script|iframe|object|video|audio|form|base|svg)|url\(|@import|background=|\ssrc/i,
    )
    const origins = [...html.matchAll(/[a-z]+:\/\/[^"<\s]+/g)].map(([address]) => new URL(address).origin)
    expect(origins.filter((origin) => origin !== site.baseUrl)).toEqual([])
    expect(html).not.toMatch(/\?[a-z]+=/)
  },
)

it.each(kinds)(
  'The email "%s" keeps its shape in Outlook: cells with a width, a ground and space of their own',
  (kind) => {
    const html = withoutWord(renderEmail(kind, contentOf(kind), site).html)
    expect(html).toMatch(/<td align="center"[^>]*><table role="presentation" width="560" align="center"/)
    expect(html).not.toMatch(/<p[ >]|<button|inline-block|flex|grid/)
    // Word inherits no font into a table: each cell with words names its own.
    for (const [, style = '', words = ''] of html.matchAll(/<td[^>]* style="([^"]*)"[^>]*>([^<]+)/g))
      if (words.trim() !== '')
        expect(style, words).toMatch(/font-family: .*Arial.*font-size: \d+px.*line-height: \d+px/)
    for (const [cell] of html.matchAll(/<td class="button"[^>]*>/g))
      expect(cell).toMatch(/bgcolor="#1f6f54".*padding: 12px 22px/)
  },
)

it.each(kinds)('The email "%s" has a button where it asks for something', (kind) => {
  const { html } = renderEmail(kind, contentOf(kind), site)
  const isAsking = withLink.includes(kind) || html.includes('/forgot-password"')
  expect(html.includes('<td class="button"')).toBe(isAsking)
})

it('An email shows why it comes behind its subject, and has the site’s colour, by day and by night', () => {
  const brandColor = { light: '#7a1f4b', dark: '#f0a0c8' }
  const { html } = renderEmail('reset-password', contentOf('reset-password'), { ...site, brandColor })
  expect(html).toMatch(/<body[^>]*><div style="display: none[^"]*">We received a request to reset/)
  expect(html).toContain('bgcolor="#7a1f4b"')
  expect(html).toContain('.card .button { background: #f0a0c8 !important }')
  expect(html).toContain('.card .button a { color: #000000 !important }')
  expect(html).not.toContain('1f6f54')
})

it.each(kinds)('V1.2.1 The email "%s" shows names and addresses as text', (kind) => {
  const { html } = renderEmail(kind, contentOf(kind), site)
  expect(html).not.toMatch(/<Lovelace>|<Books>|<142>/)
  expect(html).toContain('&lt;Books&gt;')
})
