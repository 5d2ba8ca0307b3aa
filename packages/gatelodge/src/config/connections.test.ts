// What is wrong with a list of providers is said with its place, and never with a secret.
import { describe, expect, it } from 'vitest'
import { connectionList } from './connections.ts'

const secret = 'the secret of the client'
const client = { name: 'work', issuer: 'https://id.example.org', clientId: 'accounts', clientSecret: secret }
const github = { name: 'github', clientId: 'Iv1', clientSecret: secret }
const mapping = (groups: unknown) => [{ ...client, groups }]
const long = Object.fromEntries(
  Array.from({ length: 20 }, (_, index) => [`value ${index}`, `g${index}`.padEnd(64, 'x')]),
)
const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`value ${index}`, 'staff']))

const faults: [string, unknown, RegExp][] = [
  ['no issuer', [{ ...client, issuer: undefined }], /work: its issuer is missing/],
  ['http elsewhere', [{ ...client, issuer: 'http://id.example.org' }], /work: issuer: an https address/],
  ['a password in its address', [{ ...client, issuer: 'https://a:b@id.example.org' }], /work: issuer/],
  ['no secret', [{ ...client, clientSecret: undefined }], /work: its clientSecret is missing/],
  ['a key that is not for Apple', [{ ...client, key: { teamId: 'a', keyId: 'b', privateKey: 'c' } }], /only Apple/],
  ['two of one name', [client, client], /work: this name is there twice/],
  ['a name that cannot stand in an address', [{ ...client, name: 'Work/1' }], /number 1: name: small letters/],
  ['an unknown key', [{ ...client, trust: true }], /work: there is no "trust"; did you mean "trusted"/],
  ['eleven', Array.from({ length: 11 }, (_, index) => ({ ...client, name: `work${index}` })), /10 providers at most/],
  ['no JSON', `[{"clientSecret": "${secret}"`, /an array, or the same as JSON/],
  ['groups without a mapping', mapping({ claim: 'groups' }), /work: groups\.map: an object/],
  ['an empty mapping', mapping({ map: {} }), /work: groups\.map: up to 100 values/],
  ['101 values', mapping({ map: many }), /work: groups\.map: up to 100 values/],
  ['names that are too long together', mapping({ map: long }), /work: groups\.map: up to 100 values, .*1000/],
  ['a name that no group can have', mapping({ map: { ops: 'Ops' } }), /work: groups\.map\.ops: names of groups/],
  [
    'administrators by a claim',
    mapping({ map: { ops: ['staff', 'administrators'] } }),
    /another group than administrators/,
  ],
  ['another moment', mapping({ map: { ops: 'ops' }, when: 'never' }), /work: groups\.when/],
  ['a claim that is no name', mapping({ map: { ops: 'ops' }, claim: [] }), /work: groups\.claim: the name of a claim/],
  ['groups of GitHub', [{ ...github, groups: { map: { ops: 'ops' } } }], /GitHub has no claims/],
]

describe('A list of providers', () => {
  it.each(faults)('V13.3.1 is refused for %s, without a word of the secret', (_, given, said) => {
    const { error } = connectionList.safeParse(given)
    expect(error?.issues[0]?.message).toMatch(said)
    expect(error?.issues[0]?.message).not.toContain(secret)
  })

  it('maps values to one group or several, each time or once', () => {
    const given = mapping({ map: { ops: 'ops', 'Board of Acme': ['board', 'staff'] } })
    const each = {
      ...{ claim: ['groups'], when: 'each-login' },
      map: [
        ['ops', ['ops']],
        ['Board of Acme', ['board', 'staff']],
      ],
    }
    expect(connectionList.parse(JSON.stringify(given))).toMatchObject([{ groups: each }])
    const once = mapping({ claim: ['realm_access', 'roles'], map: { ops: 'ops' }, when: 'first-login' })
    expect(connectionList.parse(once)).toMatchObject([
      { groups: { claim: ['realm_access', 'roles'], when: 'first-login' } },
    ])
  })
})
