// Words of a site's own in place of ours. All of this file is one process, which has one set of them.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadSettings } from '../src/config/load.ts'
import { emailSentences } from '../src/text/email-sentences.ts'
import { emails } from '../src/text/en/emails.ts'
import { text } from '../src/text/en.ts'
import { namesOf, type Sentence, sentence, templateOf } from '../src/text/sentences.ts'
import { faultsOfWords, templateOfWords, useWords, type Words } from '../src/text/text-overrides.ts'
import { openGatelodge, visitorOf } from './support/embed.ts'
import { throwawayDatabase } from './support/make-app.ts'
import { someone } from './support/visitor.ts'

const words: Words = {
  login: { heading: 'Come in', lead: 'Your key to {site}, please. <b>' },
  account: { greeting: (name: string) => `Good day, ${name}!` },
  notices: { welcome: '{name}, nice to have you.' },
  problems: { email: { credentials: 'No.' } },
  failures: { unreadable: ['Come again?', 'Really.'] },
  emails: {
    'verify-email': { subject: 'Is {email} yours?', why: ({ site }) => `You are new at ${site}.` },
    'name-changed': { why: 'You are now {name}.' },
  },
}

/** Each of ours that takes words, by its key. */
function sentences(branch: object, before = ''): [key: string, sentence: Sentence][] {
  return Object.entries(branch).flatMap(([key, value]): [string, Sentence][] => {
    if (typeof value === 'function') return [[before + key, value as Sentence]]
    return typeof value === 'object' && value !== null ? sentences(value, `${before}${key}.`) : []
  })
}
const ours = sentences({ ...text, emails: emailSentences })

describe('Every sentence of ours that takes words', () => {
  it.each(ours)('%s takes them by the names that the template shows', (key, one) => {
    const { names, isOne } = namesOf(one)
    const given = names.map((name) => `<${name}>`)
    const call = (way: Sentence) =>
      isOne ? way(Object.fromEntries(names.map((name, at) => [name, given[at]]))) : way(...given)
    expect(call(sentence(templateOf(one), one))).toBe(call(one))
    expect(call(one)).not.toContain('undefined')
    if (key !== 'rememberHint') expect(one.length).toBeLessThanOrEqual(names.length)
  })

  it('is among many', () => expect(ours.length).toBeGreaterThan(40))

  it('is in the template, which has nothing wrong with itself', () => {
    expect(faultsOfWords(templateOfWords())).toEqual([])
    const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
    const printed = execFileSync(process.execPath, [program, 'words'], { encoding: 'utf8' })
    expect(JSON.parse(printed)).toEqual(templateOfWords())
  })
})

describe('Words of a site’s own', () => {
  it.each<[fault: string, given: object]>([
    ['there is no login.headin; did you mean login.heading?', { login: { headin: 'x' } }],
    ['there is no logn; did you mean logIn?', { logn: 'x' }],
    ['there is no constructor', { constructor: 'x' }],
    ['there is no __proto__', JSON.parse('{"__proto__": {"a": "x"}}')],
    ['there is no language', { language: 'de' }],
    ['there is no failures.not-found.2', { failures: { 'not-found': ['a', 'b', 'c'] } }],
    ['there is no emails.verify-mail', { emails: { 'verify-mail': { subject: 'x' } } }],
    ['there is no emails.verify-email.forgotten', { emails: { 'verify-email': { forgotten: 'x' } } }],
    ['emails.verify-email.why knows no {host}, but {site}', { emails: { 'verify-email': { why: '{host}' } } }],
    ['login has keys below it', { login: 'x' }],
    ['login.heading must be text', { login: { heading: 7 } }],
    ['login.heading must be text', { login: { heading: ' ' } }],
    ['login.heading must be text', { login: { heading: () => 'x' } }],
    ['login.heading must stand in one line', { login: { heading: 'Come\nin' } }],
    ['emails.verify-email.subject must stand in one line', { emails: { 'verify-email': { subject: 'Hi\r\nBcc: x' } } }],
    ['login.lead knows no {name}, but {site}', { login: { lead: 'To {name}' } }],
    ['login.heading knows no {site}', { login: { heading: 'To {site}' } }],
    ['problems.password.too-short knows no {most}, but {least}', { problems: { password: { 'too-short': '{most}' } } }],
  ])('that cannot be used are told at start: %s', (fault, given) => {
    expect(faultsOfWords(given)).toEqual([expect.stringContaining(fault)])
    const loaded = loadSettings({ code: { words: given } })
    expect(loaded.kind === 'faults' && loaded.faults).toEqual([
      expect.objectContaining({ name: 'words', allowed: expect.stringContaining(fault) }),
    ])
  })

  it('leave an email its link where another email has words of the site', () => {
    const about = { site: 'Acme', name: '', email: 'ada@example.org', otherEmail: '' }
    // As the whole process has it from the test before on, or from this one.
    useWords(words)
    expect(emails['verify-email']({ ...about, life: '24 hours' }).why).toBe('You are new at Acme.')
    expect(emails['email-changed']({ ...about, life: '7 days' }).link).toBe('This was not me')
    expect(emails['email-changed']({ ...about, life: '' }).link).toBeUndefined()
    // Where a word is empty, ours knows what to say without it.
    expect(emails['name-changed']({ ...about, name: 'Ada', life: '' }).why).toBe('You are now Ada.')
    expect(emails['name-changed']({ ...about, life: '' }).why).toContain('was changed.')
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
    expect(browser.page.html).toContain('<bdi translate="no">{email} &lt;Grace&gt;</bdi>, nice to have you.')
    const twice = await browser.send('POST', '/login', new URLSearchParams('email=a&email=b'))
    expect(await twice.text()).toContain('<p class="lead">Really.</p>')
    const told = { site: 'Acme', name: '', email: 'g@example.org', otherEmail: '', life: '24 hours' }
    expect(emails['verify-email'](told)).toMatchObject({
      subject: 'Is g@example.org yours?',
      why: 'You are new at Acme.',
      link: 'Verify email address',
      howLong: 'The link works once and expires in 24 hours.',
    })
    await gatelodge.close()
  })

  it('are one set for one process: another is refused', async () => {
    await expect(openGatelodge(throwawayDatabase())).rejects.toThrow('share their words')
    await expect(openGatelodge(throwawayDatabase(), { words: { logIn: 'In' } })).rejects.toThrow('share their words')
    await (await openGatelodge(throwawayDatabase(), { words: structuredCloneOf(words) })).close()
  })
})

const structuredCloneOf = (given: Words): Words => ({ ...given })
