// Settings that cannot be meant are refused, with a sentence that says what is needed.
import { describe, expect, it } from 'vitest'
import { loadSettings } from './load.ts'
import { type SettingName, schema, settingNames } from './schema.ts'

function faultsOf(flags: Record<string, unknown>) {
  const loaded = loadSettings({ flags })
  return loaded.kind === 'faults' ? loaded.faults : []
}

describe('Refused is', () => {
  it.each([
    '0.0.0.0/0',
    '::/0',
    '0.0.0.0/1, 128.0.0.0/1',
    '127.0.0.1, 0.0.0.0/0',
    '::ffff:0.0.0.0/96',
    '2000::/3',
    '8.0.0.0/7',
  ])('trustedProxies %s, which would trust strangers', (trustedProxies) => {
    expect(faultsOf({ trustedProxies })).toMatchObject([
      { name: 'trustedProxies', allowed: expect.stringContaining('holds the addresses of strangers') },
    ])
  })

  it.each(['127.0.0.0/8', '10.0.0.0/8', 'fc00::/7', 'fe80::/10', '2400:cb00::/32', '::1'])(
    'not trustedProxies %s',
    (trustedProxies) => expect(faultsOf({ trustedProxies })).toEqual([]),
  )

  it.each([
    ['https://app.example.org', 'no scheme'],
    ['app.example.org/path', 'no user and no path'],
    ['user:word@app.example.org', 'no user and no path'],
    ['*.example.org', 'name each host'],
    ['münchen.example', 'xn--'],
    ['app..example.org', 'no host name'],
    ['app_.example.org', 'no host name'],
    ['-app.example.org', 'no host name'],
    ['app.example.org:0', '1 to 65535'],
    ['app.example.org:99999', '1 to 65535'],
    ['app.example.org:443', 'leave :443 away'],
    ['app.example.org, one+two', 'no host name'],
    ['999.1.1.1', 'no host name'],
    ['"app.example.org"', 'no host name'],
  ])('allowedReturnHosts %s', (allowedReturnHosts, said) => {
    const faults = faultsOf({ allowedReturnHosts })
    expect(faults).toHaveLength(1)
    expect(faults[0]?.allowed).toContain(said)
  })

  it.each(['app.example.org, wiki.example.org:8443', 'localhost:8080', '192.0.2.1', '[::1]:8080', 'xn--mnchen-3ya.de'])(
    'not allowedReturnHosts %s',
    (allowedReturnHosts) => expect(faultsOf({ allowedReturnHosts })).toEqual([]),
  )

  it.each([
    ['https://shop.co.uk', 'co.uk'],
    ['https://acme.github.io', 'github.io'],
    ['https://acme.pages.dev', 'pages.dev'],
  ])('at %s cookieDomain %s, where strangers have sites too', (baseUrl, cookieDomain) => {
    expect(faultsOf({ baseUrl, cookieDomain })).toMatchObject([
      { name: 'cookieDomain', allowed: expect.stringContaining('public suffix list') },
    ])
    expect(faultsOf({ baseUrl, cookieDomain: new URL(baseUrl).hostname })).toEqual([])
  })

  it.each(['siteName', 'identityTokenAudience', 'dataDir'])('a control character in %s', (name) => {
    for (const sign of ['\n', '\r', '\0', '\x1b', '\u2028', '\u202e', '\ud800'])
      expect(faultsOf({ [name]: `Acme${sign}Books` }), JSON.stringify(sign)).toMatchObject([
        { name, allowed: expect.stringContaining('without line breaks and control characters') },
      ])
  })

  it('a line break in what a field of the registration form says', () => {
    const fields = [{ name: 'plan', label: 'Plan\nand more', type: 'text' }]
    expect(faultsOf({ fields })).toMatchObject([{ name: 'fields', allowed: expect.stringContaining('line breaks') }])
  })

  it.each([
    'hello',
    'Acme <hello>',
    'Acme\nBooks <hello@example.org>',
    'a@b.example, c@d.example',
    'Acme <a@b.example> x',
  ])('mailFrom %j', (mailFrom) => {
    expect(faultsOf({ mailFrom })).toMatchObject([
      { name: 'mailFrom', allowed: expect.stringContaining('Acme Books <') },
    ])
  })

  it.each(['a b', 'host:25', '-host', 'http://host', '[::1]', '192.0.2.1'])('smtpEhloName %s', (smtpEhloName) => {
    expect(faultsOf({ smtpEhloName })).toMatchObject([{ name: 'smtpEhloName' }])
  })

  it('sqlite://file, which would lie at the root of the disk', () => {
    expect(faultsOf({ databaseUrl: 'sqlite://data/own.sqlite' })).toMatchObject([
      { name: 'databaseUrl', allowed: expect.stringContaining('without //') },
    ])
    expect(faultsOf({ databaseUrl: 'sqlite:///var/lib/own.sqlite' })).toEqual([])
  })
})

describe('A sentence about any setting', () => {
  it.each([
    [{ maxLength: Number.NaN }, 'a whole number from 1 to 200'],
    [{ type: 'colour' }, 'an object whose type is text, checkbox or select'],
    [{ type: 'select', options: 'Free' }, 'a list of 1 to 100 options'],
    [{ label: undefined }, 'one line of text'],
    [{ required: 'perhaps' }, 'true or false'],
  ])('speaks of a registration field in words: %j', (wrong, said) => {
    const [fault] = faultsOf({ fields: [{ name: 'plan', label: 'Plan', type: 'text', ...wrong }] })
    expect(fault?.allowed).toContain(said)
    expect(fault?.allowed).not.toMatch(/NaN|expected|received|invalid/i)
  })

  it.each(settingNames)('speaks of %s in words, whatever was given', (name: SettingName) => {
    const nonsense = [
      Number.NaN,
      '',
      'x'.repeat(2_000),
      '1e3',
      '0x10',
      -1,
      1.5,
      true,
      null,
      {},
      [1],
      '\0',
      Symbol.iterator,
    ]
    for (const value of nonsense) {
      const faults = schema.shape[name].safeParse(value).error?.issues ?? []
      for (const { message } of faults) {
        expect(message, `${name}: ${String(value)}`).not.toMatch(/NaN|expected|received|invalid|regex|pattern/i)
      }
    }
  })
})
