// Everything that is wrong with a setting that is a list is said at once, each with the name of its entry.
import { describe, expect, it } from 'vitest'
import { loadSettings } from './load.ts'
import type { SettingName } from './schema.ts'

function said(name: SettingName, value: unknown): string {
  const loaded = loadSettings({ flags: { [name]: value } })
  if (loaded.kind !== 'faults') throw new Error('there is no fault')
  expect(loaded.faults).toHaveLength(1)
  return loaded.faults[0]?.allowed ?? ''
}

const secret = 'canary of the client'
const work = { name: 'work', issuer: 'https://id.example.org', clientId: 'accounts', clientSecret: secret }

describe('A list of things with names', () => {
  it('V13.3.1 connections: every fault of every one, by its name, and nothing of the secret', () => {
    const given = [
      { ...work, issuer: 'http://id.example.org', trust: true, clientId: '' },
      { name: 'google', clientId: 'g', key: { teamId: 'a', keyId: 'b', privateKey: 'c' } },
      { name: 'github', clientSecret: secret, scopes: [], groups: { map: { ops: 'ops' } } },
      { name: 'Work/1', clientId: 'x' },
      'okta',
      { ...work },
    ]
    const message = said('connections', given)
    for (const part of [
      'work: issuer: an https address',
      'work: clientId: one line of text',
      'work: there is no "trust"; did you mean "trusted"?',
      'google: only Apple has a key',
      'github: clientId: one line of text',
      'github: scopes: a list of texts',
      'github: GitHub has no claims',
      'number 4: name: small letters',
      'number 4: its issuer is missing',
      'number 4: its clientSecret is missing',
      'number 5: an object with the keys',
      'work: this name is there twice',
    ])
      expect(message).toContain(part)
    expect(message).not.toContain('canary')
    expect(message.match(/issuer: an https/g)).toHaveLength(1)
  })

  it('fields: every fault of every one, by its name', () => {
    const given = [
      { name: 'company', type: 'text', maxLength: 0, require: true },
      { name: 'plan', label: 'Plan\nB', type: 'colour' },
      { name: 'size', label: 'Size', type: 'select', options: [] },
      { name: 'email', label: 'Email', type: 'text' },
      { name: 'size', label: 'Size', type: 'text' },
    ]
    const message = said('fields', given)
    for (const part of [
      'company: label: one line of text',
      'company: maxLength: a whole number from 1 to 200',
      'company: there is no "require"; did you mean "required"?',
      'plan: label: one line of text',
      'plan: type: an object whose type is text, checkbox or select',
      'size: options: a list of 1 to 100 options',
      'email: name: a name that is not ours already',
      'size: this name is there twice',
    ])
      expect(message).toContain(part)
  })

  it.each<SettingName>(['connections', 'fields'])('%s as something else than a list', (name) => {
    for (const given of ['{"name": "work"}', '[{', 'work'])
      expect(said(name, given)).toContain('an array, or the same as JSON')
  })
})

describe('A list of texts', () => {
  it.each<[SettingName, string, string[]]>([
    ['trustedProxies', '10.0.0.0/8, 10.0, 0.0.0.0/0, proxy', ['"10.0"', '"0.0.0.0/0" (', '"proxy"']],
    ['allowedReturnHosts', 'a.example.org, b/c, *.example.org', ['"b/c" (', '"*.example.org" (']],
    ['passkeyOrigins', 'https://a.example, http://b.example, c', ['"http://b.example"', '"c"']],
    ['appRedirects', 'org.example:/x, mine:/x, http://x.example', ['"mine:/x"', '"http://x.example"']],
    ['public', '/a, b, /c?d', ['"b"', '"/c?d"']],
    ['requireSecondFactor', '/a, b, c', ['"b"', '"c"']],
    ['requireGroup', '/a=editors, /b, c=editors', ['"/b"', '"c=editors"']],
    ['publicMethods', 'OPTIONS, GET, PUT', ['"GET"', '"PUT"']],
  ])('%s: each entry that is wrong is named, and no other', (name, given, wrong) => {
    for (const list of [given, given.split(', ')]) {
      const [, told = ''] = said(name, list).split('; wrong: ')
      for (const entry of wrong) expect(told).toContain(entry)
      expect(told.split(' (for example')[0]?.match(/"[^"]+"/g)).toHaveLength(wrong.length)
    }
  })

  it('V13.3.1 names no entry where a password may be in it', () => {
    expect(said('allowedReturnHosts', 'https://u:a,canary@host')).not.toContain('canary')
    expect(said('secret', 'canary,canary2')).not.toContain('canary')
  })
})
