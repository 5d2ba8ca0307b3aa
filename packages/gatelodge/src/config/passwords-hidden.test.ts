// A password in a URL is shown nowhere, however it is spelled and wherever it is given.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { run } from '../cli/run.ts'
import { createGatelodge } from '../index.ts'
import { spelledPlace } from './database-place.ts'
import { loadSettings } from './load.ts'
import { environmentName, flagName, type SettingName } from './schema.ts'
import { maskText, readServerUrl } from './server-url.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatelodge-passwords-'))
const kept = (text: string) => {
  const path = join(folder, 'kept')
  writeFileSync(path, text)
  return path
}

const signs = fc.string({ unit: fc.constantFrom(...'@#%:/?[]\\ \n\t\'"&=;,.$!{}|^`~+-_09azAZéß'), maxLength: 10 })
/** With a word in the middle that can be looked for. */
const passwords = fc.tuple(signs, signs).map(([before, after]) => `${before}canary${after}`)
const places: [SettingName, string[]][] = [
  [
    'databaseUrl',
    ['mysql://u:', 'mariadb://u:', 'mysql://:', 'postgres://u:', 'mysql:/u:', 'mysql:u:', ' mysql://u:', 'u:'],
  ],
  ['smtpUrl', ['smtp://u:', 'smtps://u:', 'smtp://', 'http://u:', 'u:']],
  ['upstream', ['http://u:', 'http:/u:', 'u:']],
  ['baseUrl', ['https://u:', 'https:/u:', 'u:']],
  ['breachCheckUrl', ['https://u:', 'u:']],
  ['allowedReturnHosts', ['https://u:', 'u:']],
  ['identityTokenAudience', ['https://u:']],
  ['siteName', ['mysql://u:']],
]
const givens = fc.constantFrom(...places.flatMap(([name, starts]) => starts.map((start) => ({ name, start }))))
const ends = fc.constantFrom(
  '@host',
  '@host/db',
  '@host:587',
  '@host/db?tls=off',
  '@h1,h2:3307,[::1]/db',
  '@[::1]:25',
  '@host/db?x=canary',
  '@',
)
/** A user alone is no password. */
const hasPassword = ({ start }: { start: string }) => start !== 'smtp://'
const given = fc
  .tuple(givens.filter(hasPassword), passwords, fc.boolean(), ends)
  .map(([{ name, start }, password, isEncoded, end]) => ({
    name,
    url: `${start}${isEncoded ? encodeURIComponent(password) : password}${end}`,
  }))

describe('A password in a URL', () => {
  const said: string[] = []
  beforeEach(() => {
    for (const way of ['log', 'error'] as const)
      vi.spyOn(console, way).mockImplementation((...words) => void said.push(words.join(' ')))
  })
  afterEach(() => {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
    said.length = 0
  })

  it('V13.3.1 V16.2.5 is shown by no command: not by config print, not by a fault, not as a stray word', async () => {
    await fc.assert(
      fc.asyncProperty(given, async ({ name, url }) => {
        const more = name === 'smtpUrl' ? ['--mail-from', 'hello@example.org'] : []
        await run(['config', 'print', `${flagName(name)}=${url}`, ...more])
        await run([url])
        await run(['serve', url])
        vi.stubEnv(environmentName(name), url)
        await run(['config', 'print', ...more])
        vi.stubEnv(environmentName(name), undefined)
        vi.stubEnv(`${environmentName(name)}_FILE`, url)
        await run(['config', 'print', ...more])
        vi.stubEnv(`${environmentName(name)}_FILE`, kept(url))
        await run(['config', 'print', ...more])
        vi.stubEnv(`${environmentName(name)}_FILE`, undefined)
        expect(said.join('\n')).not.toContain('canary')
        said.length = 0
      }),
      { numRuns: 300 },
    )
  })

  it('V13.3.1 is shown by no fault of code and of a file', async () => {
    await fc.assert(
      fc.asyncProperty(given, async ({ name, url }) => {
        const more = name === 'smtpUrl' ? { mailFrom: 'no address' } : { port: -1 }
        const message = await createGatelodge({ [name]: url, ...more }).then(
          () => 'it started',
          (error) => String(error.stack),
        )
        expect(message).toContain('Gatelodge cannot start with these settings')
        expect(message).not.toContain('canary')
        const loaded = loadSettings({ file: kept(JSON.stringify({ [name]: [url], ...more })) })
        expect(loaded.kind).toBe('faults')
        expect(JSON.stringify(loaded)).not.toContain('canary')
      }),
      { numRuns: 200 },
    )
  })

  it('is not shown where the start says which database it is', () => {
    fc.assert(
      fc.property(given, ({ url }) => {
        expect(spelledPlace({ databaseUrl: url.trim() })).not.toContain('canary')
      }),
    )
  })

  it('arrives as it was meant where its signs are codes', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('mysql', 'mariadb', 'smtp', 'smtps'),
        (password, scheme) => {
          const read = readServerUrl(`${scheme}://gate%40lodge:${encodeURIComponent(password)}@db.example:99/name`)
          expect(read).toMatchObject({
            scheme,
            user: 'gate@lodge',
            password,
            host: 'db.example',
            port: 99,
            path: 'name',
          })
        },
      ),
    )
  })

  it.each([
    ['mysql://u:secret@host/db?tls=off', 'mysql://u:***@host/db?tls=off'],
    ['mysql://u@host/db', 'mysql://u@host/db'],
    ['smtp://to%2Dken:to-ken@smtp.example:587', 'smtp://***:***@smtp.example:587'],
    ['mysql://u:se@cret@host/db', 'mysql://u:***@host/db'],
    ['mysql://h', 'mysql://h'],
    ['mysql://u:se@c,ret@h1,h2:3307,[::1]/db?tls=off', 'mysql://u:***@h1,h2:3307,[::1]/db?tls=off'],
    ['mysql://u:secret@h1,,h2/db', 'mysql://… (not shown: a password may be in it)'],
    ['mysql://h/db?password=secret', 'mysql://h/db?…'],
    ['mysql://u:12/secret@host/db', 'mysql://… (not shown: a password may be in it)'],
    ['mysql://u:se#cret@host/db', 'mysql://… (not shown: a password may be in it)'],
    ['smtp://u:100%@mail.example', 'smtp://… (not shown: a password may be in it)'],
    ['sqlite:/var/lib/a@b.sqlite', 'sqlite:/var/lib/a@b.sqlite'],
    ['https://accounts.example.org', 'https://accounts.example.org'],
    ['Acme Books', 'Acme Books'],
  ])('of %s this is shown: %s', (text, shown) => {
    expect(maskText(text)).toBe(shown)
  })

  it.each(['databaseUrl', 'smtpUrl'] as const)(
    'with a % that begins no code gets a sentence of its own: %s',
    (name) => {
      const url = name === 'smtpUrl' ? 'smtp://u:100%@mail.example' : 'mysql://u:100%@db.example/name'
      const loaded = loadSettings({ flags: { [name]: url, mailFrom: 'hello@example.org' } })
      expect(loaded).toMatchObject({ faults: [{ name, allowed: expect.stringContaining('in the password as %25') }] })
      const cut = loadSettings({ flags: { [name]: url.replace('%', '#'), mailFrom: 'hello@example.org' } })
      expect(cut).toMatchObject({ faults: [{ name, allowed: expect.stringContaining('# as %23') }] })
    },
  )
})
