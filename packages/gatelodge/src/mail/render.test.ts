import { expect, it } from 'vitest'
import { type LetterKind, letters as words } from '../text/en-letters.ts'
import { hours } from '../time.ts'
import type { LetterContent } from './letters.ts'
import { renderLetter } from './render.tsx'

const site = { name: 'Ada & Söhne <Books>', baseUrl: 'https://accounts.example.org', support: 'help@example.org' }
const kinds = Object.keys(words) as LetterKind[]
const name = 'Gräfin "Ada" <Lovelace>, x@y'
const long = `${'countess.of.lovelace.'.repeat(3)}@${'a-very-long-label.'.repeat(9)}example.org`

const withLink = ['verify-email', 'start-account', 'reset-password', 'confirm-email', 'account-closed']
/** To an address that nobody has confirmed yet: the name might be a stranger's words. */
const nameless = ['verify-email', 'start-account', 'already-registered', 'confirm-email', 'email-taken']

function contentOf(kind: LetterKind): LetterContent {
  return {
    at: Date.UTC(2026, 10, 22, 9),
    to: { name: nameless.includes(kind) ? '' : name, address: long },
    otherEmail: '"other"@example.org',
    ...(withLink.includes(kind)
      ? { link: { token: 'kQ-tOkEn_'.repeat(5).slice(0, 43), life: hours(24) } }
      : { device: 'Firefox <142> on Windows', clientAddress: '2001:db8::1' }),
  }
}

it.each(kinds)('The letter "%s" says why it comes, what to do and what if it was not you', async (kind) => {
  const letter = renderLetter(kind, contentOf(kind), site)
  await expect(`${letter.subject}\n\n${letter.text}`).toMatchFileSnapshot(`__snapshots__/${kind}.txt`)
  await expect(`${letter.html}\n`).toMatchFileSnapshot(`__snapshots__/${kind}.html`)
  expect(letter.subject).not.toBe('')
  expect(letter.subject).not.toMatch(/[\r\n]/)
  expect(letter.text).toMatch(/If that was not you|If the account is yours/)
  expect(letter.text).toContain('because of your account')
})

it.each(withLink as LetterKind[])(
  'The letter "%s" has its link on a line of its own, and says how long it works',
  (kind) => {
    const { text, html } = renderLetter(kind, contentOf(kind), site)
    const links = text.split('\n').filter((line) => line.includes('://'))
    expect(links).toEqual([expect.stringMatching(/^https:\/\/accounts\.example\.org\/[a-z/-]+\/[\w-]{43}$/)])
    expect(text).toMatch(/24 hours|1 day/)
    // As a button, and to copy.
    expect(html.split(`"${links[0]}"`)).toHaveLength(3)
    expect(html).toContain(`>${links[0]}<`)
  },
)

it.each(kinds)('The letter "%s" loads nothing, tells nobody that it was read, and leads to the site only', (kind) => {
  const { html } = renderLetter(kind, contentOf(kind), site)
  expect(html).not.toMatch(
    /<(img|link|script|iframe|object|video|audio|form|base|svg)|url\(|@import|background=|\ssrc/i,
  )
  const origins = [...html.matchAll(/[a-z]+:\/\/[^"<\s]+/g)].map(([address]) => new URL(address).origin)
  expect(origins.filter((origin) => origin !== site.baseUrl)).toEqual([])
  expect(html).not.toMatch(/\?[a-z]+=/)
})

it.each(kinds)('V1.2.1 The letter "%s" shows names and addresses as text', (kind) => {
  const { html } = renderLetter(kind, contentOf(kind), site)
  expect(html).not.toMatch(/<Lovelace>|<Books>|<142>/)
  expect(html).toContain('&lt;Books&gt;')
})
