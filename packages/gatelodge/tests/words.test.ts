// A site's text overrides in place of ours.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { declared } from '../src/app.ts'
import { loadSettings } from '../src/config/load.ts'
import type { EmailKind } from '../src/email/template.ts'
import { type EmailArguments, emailWords } from '../src/email/words.ts'
import { english } from '../src/text/catalogue.ts'
import { createText, type Text } from '../src/text/text.ts'
import { faultsOfWords, type Words } from '../src/text/text-overrides.ts'
import { openGatelodge, visitorOf } from './support/embed.ts'
import { throwawayDatabase } from './support/make-app.ts'
import { someone } from './support/visitor.ts'

const words: Words = {
  login: { heading: 'Come in', lead: 'Your key to {site}, please. <b>' },
  account: { greeting: 'Good day, {name}!' },
  notices: { welcome: 'Nice to have you. <b>' },
  problems: { email: { credentials: 'No.' } },
  failures: { unreadable: { title: 'Come again?', lead: 'Really.' } },
  rememberHint: '{days, plural, =1 {Today only} other {# days long}}',
  emails: {
    'verify-email': { subject: 'Is {email} yours?', why: 'You are new at {site}.' },
    'name-changed': { why: 'You are now {name}.' },
  },
}

const wordsOf = (text: Text, kind: EmailKind, given: EmailArguments) =>
  emailWords(text, kind, declared.emails[kind] ?? {}, given)

describe('Text overrides', () => {
  it('start from the catalogue, which has nothing wrong with itself', () => {
    expect(faultsOfWords(english.messages)).toEqual([])
    const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
    const printed = execFileSync(process.execPath, [program, 'words'], { encoding: 'utf8' })
    expect(JSON.parse(printed)).toEqual(english.messages)
  })

  it.each<[fault: string, given: object]>([
    ['there is no login.headin; did you mean login.heading?', { login: { headin: 'x' } }],
    ['there is no logn; did you mean logIn?', { logn: 'x' }],
    ['there is no constructor', { constructor: 'x' }],
    ['there is no __proto__', JSON.parse('{"__proto__": {"a": "x"}}')],
    ['there is no language', { language: 'de' }],
    ['there is no failures.not-found.hint', { failures: { 'not-found': { hint: 'c' } } }],
    ['there is no emails.verify-mail', { emails: { 'verify-mail': { subject: 'x' } } }],
    ['there is no emails.verify-email.forgotten', { emails: { 'verify-email': { forgotten: 'x' } } }],
    ['emails.verify-email.why knows no {host}, but {site}', { emails: { 'verify-email': { why: '{host}' } } }],
    ['login has keys below it', { login: 'x' }],
    ['login.heading must be text', { login: { heading: 7 } }],
    ['login.heading must be text', { login: { heading: ' ' } }],
    ['login.heading must be text', { login: { heading: () => 'x' } }],
    ['login.heading must be text', { login: { heading: { below: 'x' } } }],
    ['login.heading must be on one line', { login: { heading: 'Come\nin' } }],
    ['emails.verify-email.subject must be on one line', { emails: { 'verify-email': { subject: 'Hi\r\nBcc: x' } } }],
    ['login.lead knows no {name}, but {site}', { login: { lead: 'To {name}' } }],
    ['login.heading knows no {site}', { login: { heading: 'To {site}' } }],
    ['problems.password.too-short knows no {most}, but {least}', { problems: { password: { 'too-short': '{most}' } } }],
    ['rememberHint knows no {n}, but {days}', { rememberHint: '{days, plural, other {{n}}}' }],
    ['login.lead takes {site} as text, not as a number', { login: { lead: '{site, number}' } }],
    ['login.lead takes {site} as text, not as a number', { login: { lead: '{site, plural, other {#}}' } }],
    ['rememberHint takes {days} as number, not as a date', { rememberHint: '{days, date}' }],
    [
      'login.lead is not valid ICU MessageFormat: expect argument closing brace, at character 4',
      { login: { lead: 'To {site' } },
    ],
    ['rememberHint is not valid ICU MessageFormat: missing other clause', { rememberHint: '{days, plural, one {#}}' }],
    [
      'rememberHint is not valid ICU MessageFormat: Invalid currency',
      { rememberHint: '{days, number, ::currency/XXXX}' },
    ],
  ])('that cannot be used are refused at start: %s', (fault, given) => {
    expect(faultsOfWords(given)).toEqual([expect.stringContaining(fault)])
    const loaded = loadSettings({ code: { words: given as Words } })
    expect(loaded.kind === 'faults' && loaded.faults).toEqual([
      expect.objectContaining({ name: 'words', allowed: expect.stringContaining(fault) }),
    ])
  })

  it('may say in every part of an email which site it is from and to which address it goes', () => {
    const given = { emails: { 'new-device': { notYou: '{site} {email}', reset: 'For {email}' } } }
    expect(faultsOfWords(given)).toEqual([])
    const about = { site: 'Acme', name: '', email: 'ada@example.org', otherEmail: '', provider: '', life: '' }
    expect(wordsOf(createText(given), 'new-device', about)).toMatchObject({
      notYou: 'Acme ada@example.org',
      reset: 'For ada@example.org',
    })
  })

  it('change the parts that they name: the others of the same email stay, and so does what has no value to show', () => {
    const text = createText(words)
    const about = { site: 'Acme', name: '', email: 'ada@example.org', otherEmail: '', provider: '' }
    expect(wordsOf(text, 'verify-email', { ...about, life: '24 hours' })).toMatchObject({
      subject: 'Is ada@example.org yours?',
      why: 'You are new at Acme.',
      link: 'Verify email address',
      howLong: 'The link works once and expires in 24 hours.',
    })
    expect(wordsOf(text, 'email-changed', { ...about, life: '7 days' }).link).toBe('This was not me')
    expect(wordsOf(text, 'email-changed', { ...about, life: '' }).link).toBeUndefined()
    expect(wordsOf(text, 'name-changed', { ...about, name: 'Ada', life: '' }).why).toBe('You are now Ada.')
    expect(wordsOf(text, 'name-changed', { ...about, life: '' }).why).toContain('was changed.')
  })

  it('count, compare and quote as ICU does', () => {
    const text = createText({ ...words, logIn: "It''s '{here}'", account: { greeting: "{name}'s" } })
    expect([text.rememberHint({ days: 1 }), text.rememberHint({ days: 30 })]).toEqual(['Today only', '30 days long'])
    expect(text.logIn).toBe("It's {here}")
    expect(text.account.greeting({ name: '{email}' })).toBe("{email}'s")
  })

  it('come from a file, too', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'gatelodge-words-')), 'words.json')
    writeFileSync(path, '{"login": {"heading": "Come in"}}')
    const load = (flag: string) => loadSettings({ flags: { words: flag } })
    expect(load(path)).toMatchObject({ kind: 'settings', settings: { words: { login: { heading: 'Come in' } } } })
    expect(load(`${path}.not`)).toMatchObject({ kind: 'faults', faults: [{ name: 'words' }] })
    writeFileSync(path, '{"login"')
    expect(load(path)).toMatchObject({ kind: 'faults', faults: [{ name: 'words' }] })
  })

  it('V1.2.1 stand on every page in place of ours, escaped as ours are, and the others stay', async () => {
    const gatelodge = await openGatelodge(throwawayDatabase(), { words, siteName: 'A & B' })
    const browser = visitorOf(gatelodge)
    const { html } = await browser.open('/login')
    expect(html).toContain('<h1>Come in</h1>')
    expect(html).toContain('Your key to A &amp; B, please. &lt;b&gt;')
    expect(html).toContain('Forgot your password?')
    expect((await browser.logIn(someone())).summary).toEqual(['No.'])
    const grace = someone({ name: '{email} <Grace>' })
    await browser.open('/register')
    await browser.submit(grace)
    expect(browser.page.heading).toBe('Good day, {email} <Grace>!')
    expect(browser.page.html).toContain('{email} &lt;Grace&gt;')
    expect(browser.page.html).toContain('Nice to have you. &lt;b&gt;')
    const twice = await browser.send('POST', '/login', new URLSearchParams('email=a&email=b'))
    expect(await twice.text()).toContain('<p class="lead">Really.</p>')
    await gatelodge.close()
  })

  it('belong to one Gatelodge: two in one process each have their own', async () => {
    const own = await openGatelodge(throwawayDatabase(), { words })
    const other = await openGatelodge(throwawayDatabase(), { words: { login: { heading: 'Welcome back' } } })
    const ours = await openGatelodge(throwawayDatabase())
    const headings = []
    for (const one of [own, other, ours, own]) headings.push((await visitorOf(one).open('/login')).heading)
    expect(headings).toEqual(['Come in', 'Welcome back', 'Log in', 'Come in'])
    await Promise.all([own, other, ours].map((one) => one.close()))
  })
})
