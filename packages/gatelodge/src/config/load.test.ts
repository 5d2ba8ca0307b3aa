import { mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { days, hours, minutes } from '../time.ts'
import { serverUrl } from './addresses.ts'
import type { Given } from './fault.ts'
import { loadSettings } from './load.ts'
import { environmentName, flagName, metaOf, type Settings, schema, settingNames } from './schema.ts'
import { secretsOf } from './secret.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatelodge-config-'))
const file = (content: string, name = 'settings.json') => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function settings(places: Parameters<typeof loadSettings>[0]): Settings {
  const loaded = loadSettings(places)
  if (loaded.kind === 'faults') throw new Error(JSON.stringify(loaded.faults))
  return loaded.settings
}

function faults(places: Parameters<typeof loadSettings>[0]) {
  const loaded = loadSettings(places)
  return loaded.kind === 'faults' ? loaded.faults : []
}

describe('Settings', () => {
  it('need none', () => {
    expect(settings({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      baseUrl: 'http://localhost:3000',
      databaseUrl: 'sqlite:data/gatelodge.sqlite',
      registration: 'instant',
    })
  })

  it('are taken from flag, then environment, then file, then default', () => {
    const path = file('{"port": 1111, "siteName": "From file", "sessionIdle": "30m", "host": "::1"}')
    const environment = { GATELODGE_PORT: '2222', GATELODGE_SITE_NAME: 'From environment', GATELODGE_HOST: '0.0.0.0' }
    const loaded = loadSettings({ flags: { port: '3333' }, environment, file: path })
    expect(loaded).toMatchObject({
      settings: {
        port: 3333,
        siteName: 'From environment',
        host: '0.0.0.0',
        sessionIdle: minutes(30),
        passwordMinLength: 8,
      },
      sources: { port: 'flag', siteName: 'environment', sessionIdle: 'file', passwordMinLength: 'default' },
    })
  })

  it('come from DATABASE_URL, PORT and NODE_ENV, too, after our own names', () => {
    const environment = {
      DATABASE_URL: 'mysql://u:p@localhost/db',
      PORT: '8080',
      NODE_ENV: 'production',
      GATELODGE_PORT: '9090',
    }
    expect(settings({ environment })).toMatchObject({
      databaseUrl: 'mysql://u:p@localhost/db',
      port: 9090,
      mode: 'production',
    })
    expect(settings({ environment: { NODE_ENV: 'test' } }).mode).toBe('development')
    expect(faults({ environment: { PORT: '99999', DATABASE_URL: 'nonsense' } }).map(({ name }) => name)).toEqual([
      'PORT',
      'DATABASE_URL',
    ])
  })

  it('read a secret from a file', () => {
    const secret = 'kept-in-a-file-0123456789-abcdefghijklm'
    expect(settings({ environment: { GATELODGE_SECRET_FILE: file(`${secret}\n`, 'secret.txt') } }).secret).toEqual([
      secret,
    ])
    expect(faults({ environment: { GATELODGE_SECRET_FILE: '/nowhere' } })).toMatchObject([
      { name: 'GATELODGE_SECRET_FILE', given: '/nowhere' },
    ])
  })

  it('list every fault at once: the name as it was spelled, what was given, what is allowed, an example', () => {
    const environment = {
      GATELODGE_PORT: '70000',
      GATELODGE_BASE_URL: 'accounts.example.org/login',
      GATELODGE_SESSION_IDLE: '12 hours',
      GATELODGE_REGISTRATION: 'open',
      GATELODGE_SECRET: 'too-short-canary',
      GATELODGE_DATABASE_URL: 'postgres://user:canary@host/db',
      GATELODGE_COLOUR: 'green',
    }
    const told = faults({ environment })
    expect(told.map(({ name }) => name).sort()).toEqual(Object.keys(environment).sort())
    expect(told.find(({ name }) => name === 'GATELODGE_SESSION_IDLE')).toEqual({
      name: 'GATELODGE_SESSION_IDLE',
      given: '"12 hours"',
      allowed: 'a duration such as 90s, 15m, 12h or 30d, from 5m to 90d (for example 30m)',
    })
    for (const fault of told) expect(fault.allowed.length).toBeGreaterThan(10)
    expect(JSON.stringify(told)).not.toContain('canary')
  })

  it('take a prefix as people write it, and none that a browser would read otherwise', () => {
    const prefix = (basePath: string) => settings({ flags: { basePath } }).basePath
    expect(['/auth', '/auth/', '/a/b-c', '/', ''].map(prefix)).toEqual(['/auth', '/auth', '/a/b-c', '', ''])
    for (const basePath of [
      'auth',
      '//auth',
      '/a//b',
      '/..',
      '/a/../b',
      '/a b',
      '/a?b',
      '/a;b',
      '/%61',
      '/a"b',
      'https://x/a',
    ])
      expect(faults({ flags: { basePath } }), basePath).toMatchObject([{ name: 'basePath' }])
  })

  it.each([
    ['no JSON', '{port: 1}'],
    ['a list', '[]'],
    ['a setting that does not exist', '{"colour": "green"}'],
  ])('are not taken from a file with %s', (_, content) => {
    expect(faults({ file: file(content) })).toHaveLength(1)
  })

  it.each<[string, Given, boolean]>([
    ['http on a network', { baseUrl: 'http://accounts.example.org' }, false],
    ['https', { baseUrl: 'https://accounts.example.org' }, true],
    ['http on this machine', { baseUrl: 'http://localhost:3000' }, true],
    ['a short secret', { baseUrl: 'https://a.example', secret: 'short' }, false],
    ['a secret of one character', { baseUrl: 'https://a.example', secret: 'a'.repeat(64) }, false],
  ])('V3.3.1 V12.2.1 in production with %s', (_, flags, isSafe) => {
    const proxy = { trustedProxies: '127.0.0.1' }
    expect(faults({ flags: { ...proxy, ...flags, mode: 'production' } }).length === 0).toBe(isSafe)
  })

  it.each([
    ['mysql://u:p@db.example/gatelodge', false],
    ['mysql://u:p@db.example/gatelodge?tls=required', true],
    ['mysql://u:p@db.example/gatelodge?tls=off', true],
    ['mysql://u:p@127.0.0.1/gatelodge', true],
    ['sqlite:/var/lib/gatelodge/db', true],
    ['mysql://u:p@db.example/gatelodge?ssl-mode=REQUIRED', false],
    ['mysql://u:p@db.example/gatelodge?tls=require', false],
    ['mysql://u:p@db.example', false],
    ['mysql:nonsense', false],
    ['mysql://u:p@127.0.0.1,[::1]:3307,localhost/gatelodge', true],
    ['mysql://u:p@127.0.0.1,db.example/gatelodge', false],
    ['mysql://u:p@db1.example,db2.example/gatelodge?tls=required', true],
  ])('V12.3.1 in production with the database at %s: %s', (databaseUrl, isSafe) => {
    const flags = { baseUrl: 'https://a.example', mode: 'production', trustedProxies: '127.0.0.1', databaseUrl }
    expect(faults({ flags }).map(({ name }) => name)).toEqual(isSafe ? [] : ['databaseUrl'])
  })

  it.each<[string, { host: string; port?: number }[] | RegExp]>([
    ['h1', [{ host: 'h1' }]],
    ['h1,h2:3307,h3', [{ host: 'h1' }, { host: 'h2', port: 3307 }, { host: 'h3' }]],
    ['[::1]:3307,[2001:db8::1],h', [{ host: '::1', port: 3307 }, { host: '2001:db8::1' }, { host: 'h' }]],
    [
      'h:3306,h:3307',
      [
        { host: 'h', port: 3306 },
        { host: 'h', port: 3307 },
      ],
    ],
    [Array.from({ length: 9 }, (_, at) => `h${at}`).join(), Array.from({ length: 9 }, (_, at) => ({ host: `h${at}` }))],
    [Array.from({ length: 10 }, (_, at) => `h${at}`).join(), /at most 9 hosts/],
    ['h,H:3306', /each host once/],
    ['[::1],[0:0::1]:3306', /each host once/],
    ['h1,,h2', /a host before and after each comma/],
    ['h1,', /a host before and after each comma/],
    [',h1', /a host before and after each comma/],
    ['h1,h2:99999', /this URL is not valid/],
    ['h1,[::1', /this URL is not valid/],
  ])('take the hosts %s of a database as they stand, or say what is wrong with them', (hosts, taken) => {
    const databaseUrl = `mysql://u:p,w@${hosts}/name`
    if (taken instanceof RegExp) expect(faults({ flags: { databaseUrl } })[0]?.allowed).toMatch(taken)
    else expect(serverUrl(settings({ flags: { databaseUrl } }).databaseUrl).servers).toEqual(taken)
  })

  it.each(['smtpUrl', 'breachCheckUrl'] as const)('take one host only in %s', (name) => {
    const url = name === 'smtpUrl' ? 'smtp://h1,h2' : 'https://h1,h2/'
    expect(faults({ flags: { [name]: url, mailFrom: 'hello@example.org' } })).toMatchObject([{ name }])
  })

  it('V15.3.4 in production behind https name the proxy, or all people would be counted as one', () => {
    const flags = { baseUrl: 'https://a.example', mode: 'production' }
    expect(faults({ flags })).toMatchObject([{ name: 'trustedProxies', given: 'nothing' }])
    expect(faults({ flags: { ...flags, trustedProxies: '10.0.0.1, ::1' } })).toEqual([])
  })

  it('V15.3.4 at a Unix socket name its peers as the proxy, and always the address of the site', () => {
    const socket = { unixSocket: '/run/gatelodge.sock' }
    expect(faults({ flags: socket })).toMatchObject([{ name: 'baseUrl', given: 'nothing' }])
    const flags = { ...socket, baseUrl: 'https://a.example', mode: 'production' }
    const faultsWith = (trustedProxies?: string) => faults({ flags: { ...flags, trustedProxies } })
    expect(faultsWith()).toMatchObject([{ name: 'trustedProxies', given: 'nothing' }])
    expect(faultsWith('127.0.0.1')).toMatchObject([{ name: 'trustedProxies', given: 'only addresses' }])
    expect(faultsWith('127.0.0.1, unix')).toEqual([])
    // A program that holds us listens by itself.
    const { mode, baseUrl } = flags
    expect(faults({ flags: socket, code: { mode, baseUrl, trustedProxies: '127.0.0.1' } })).toEqual([])
  })

  it.each([
    ['https://api.pwnedpasswords.com/range/', 'https://api.pwnedpasswords.com/range/'],
    ['https://api.pwnedpasswords.com/range', 'https://api.pwnedpasswords.com/range/'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/'],
    ['http://api.pwnedpasswords.com/range/', undefined],
    ['https://user:word@breaches.example/range/', undefined],
    ['https://breaches.example/range?prefix=', undefined],
    ['ftp://breaches.example/', undefined],
    ['nonsense', undefined],
  ])('V12.3.1 take %s as the place to ask for breaches as %s', (breachCheckUrl, taken) => {
    if (taken) expect(settings({ flags: { breachCheckUrl } }).breachCheckUrl).toBe(taken)
    else expect(faults({ flags: { breachCheckUrl } }).map(({ name }) => name)).toEqual(['breachCheckUrl'])
  })

  it.each([
    ['90s', 90_000],
    ['15m', minutes(15)],
    ['1.5h', hours(1.5)],
    ['30d', days(30)],
  ])('read %s as a duration', (text, value) => {
    expect(settings({ flags: { sessionAge: text === '90s' ? '5m' : text } }).sessionAge).toBe(
      text === '90s' ? minutes(5) : value,
    )
  })

  it('in production ask for a mail server where something needs emails', () => {
    const production = { mode: 'production', baseUrl: 'https://accounts.example.org', trustedProxies: '127.0.0.1' }
    const needing = { ...production, registration: 'confirm-first', requireVerifiedEmail: 'true' }
    const allowed = 'smtpUrl too: in production this needs a mail server'
    expect(faults({ flags: needing })).toEqual([
      { name: 'registration', given: 'confirm-first', allowed },
      { name: 'requireVerifiedEmail', given: 'true', allowed },
    ])
    const server = { smtpUrl: 'smtp://mail.example.org', mailFrom: 'hello@example.org' }
    expect(faults({ flags: { ...needing, ...server } })).toEqual([])
    expect(faults({ flags: production })).toEqual([])
    expect(faults({ flags: { registration: 'confirm-first', requireVerifiedEmail: 'true' } })).toEqual([])
  })

  it('ask for one in development as well, where a network reaches the site', () => {
    const flags = { baseUrl: 'https://accounts.example.org', registration: 'confirm-first' }
    const allowed = 'smtpUrl too: outside localhost this needs a mail server'
    expect(faults({ flags })).toEqual([{ name: 'registration', given: 'confirm-first', allowed }])
  })

  it.each([
    ['example.org', true],
    ['accounts.example.org', true],
    ['ample.org', false],
    ['evil.example', false],
    ['deeper.accounts.example.org', false],
  ])('share the session cookie within a domain that the site is in: %s', (cookieDomain, isFine) => {
    const flags = { baseUrl: 'https://accounts.example.org', cookieDomain }
    expect(faults({ flags }).map(({ name }) => name)).toEqual(isFine ? [] : ['cookieDomain'])
  })

  it('need an address that emails come from, beside a mail server', () => {
    expect(faults({ environment: { GATELODGE_SMTP_URL: 'smtp://localhost' } })).toEqual([
      { name: 'mailFrom', given: 'nothing', allowed: 'the address that emails come from' },
    ])
  })

  it.each([
    'smtp://mail.example.org',
    'smtp://user:p%40ss@mail.example.org:587',
    'smtps://user:password@mail.example.org:465/',
    'smtp://[2001:db8::25]:25',
  ])('take the mail server %s', (smtpUrl) => {
    expect(settings({ flags: { smtpUrl, mailFrom: 'hello@example.org' } }).smtpUrl).toBe(smtpUrl)
  })

  it.each([
    'mail.example.org',
    'http://mail.example.org',
    'smtp://',
    'smtp://mail.example.org/path',
    // Nothing behind it may switch TLS off.
    'smtp://mail.example.org?ignoreTLS=true',
    'smtp://mail.example.org#nothing',
    'smtp://user:100%@mail.example.org',
  ])('refuse the mail server %s, without its password in the message', (smtpUrl) => {
    const [fault] = faults({ flags: { smtpUrl, mailFrom: 'hello@example.org' } })
    expect(fault).toMatchObject({ name: 'smtpUrl', allowed: expect.stringContaining('smtp://user:password@host:587') })
    expect(fault?.given).not.toContain('100%')
  })

  it('all describe themselves, with an example that can be used', () => {
    for (const name of settingNames) {
      const meta = metaOf(name)
      expect(meta.description.length, name).toBeGreaterThan(20)
      if (!meta.secret) expect(schema.shape[name].safeParse(onThisMachine(meta.example)).success, name).toBe(true)
    }
    expect([environmentName('baseUrl'), flagName('baseUrl')]).toEqual(['GATELODGE_BASE_URL', '--base-url'])
  })
})

/** A file that an example names has to be there: an SVG, a style sheet or JSON, all of which may be empty here. */
function onThisMachine(example: string): string {
  if (!/^\/etc\/gatelodge\/.*\.(svg|css|json)$/.test(example)) return example
  const file = join(folder, basename(example))
  writeFileSync(file, '{}')
  return file
}

describe('The secret', () => {
  const databaseUrl = 'sqlite:elsewhere.sqlite'

  it('V13.3.1 is made at the first start, for its owner only, and is the same ever after', () => {
    const dataDir = join(folder, 'data')
    const [first] = secretsOf({ dataDir, databaseUrl, secret: undefined })
    expect(first).toMatch(/^[\w-]{64}$/)
    expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600)
    expect(secretsOf({ dataDir, databaseUrl, secret: undefined })).toEqual([first])
    expect(secretsOf({ dataDir, databaseUrl, secret: ['given'] })).toEqual(['given'])
  })

  it('V13.3.2 is not used where others may read it, or where it was cut short', () => {
    const dataDir = mkdtempSync(join(folder, 'open-'))
    writeFileSync(join(dataDir, 'secret'), 'x'.repeat(64), { mode: 0o644 })
    expect(() => secretsOf({ dataDir, databaseUrl, secret: undefined })).toThrow(/Protect it with: chmod 600/)
    const cut = mkdtempSync(join(folder, 'cut-'))
    writeFileSync(join(cut, 'secret'), 'short', { mode: 0o600 })
    expect(() => secretsOf({ dataDir: cut, databaseUrl, secret: undefined })).toThrow(/too short.*Bring it back/)
    // What Docker makes in place of a file that is not there.
    const mounted = mkdtempSync(join(folder, 'mounted-'))
    mkdirSync(join(mounted, 'secret'))
    expect(() => secretsOf({ dataDir: mounted, databaseUrl, secret: undefined })).toThrow(/cannot be read: EISDIR\. It/)
  })
})
