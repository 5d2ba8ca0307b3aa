import { describe, expect, it } from 'vitest'
import { type ConnectionInput, type ConnectionSetting, connectionList } from '../../config/connections.ts'
import { groupsFrom, groupsOf } from './groups.ts'

type Groups = NonNullable<ConnectionInput['groups']>

const client = { name: 'work', issuer: 'https://id.example.org', clientId: 'accounts', clientSecret: 'secret' }
const settingOf = (groups: Groups) => (connectionList.parse([{ ...client, groups }]) as [ConnectionSetting])[0]

const map = { staff: 'staff', 'Board of Acme': ['board', 'staff'], deep: 'deep', __proto__: 'never' }
const many = Array.from({ length: 20_000 }, (_, index) => `group-${index}`)

const shapes: [string, unknown, string[] | undefined][] = [
  ['a text', 'staff', ['staff']],
  ['a list', ['staff', 'others'], ['staff']],
  [
    'one value that means several groups, and a group that two values mean',
    ['Board of Acme', 'staff'],
    ['staff', 'board'],
  ],
  ['a list with what is no text', [1, null, { staff: 'staff' }, ['staff'], true, 'deep'], ['deep']],
  ['an absent claim', undefined, []],
  ['null', null, []],
  ['an empty text', '', []],
  ['an empty list', [], []],
  ['other capitals', ['Staff', 'STAFF'], []],
  ['several in one text', 'staff,deep', []],
  ['names of properties', ['__proto__', 'constructor', 'toString'], []],
  ['20,000 groups', [...many, 'deep'], ['deep']],
  ['an object', { staff: true }, undefined],
  ['a number', 1, undefined],
  ['yes or no', true, undefined],
]

describe('Groups from a claim', () => {
  it.each(shapes)('V2.2.1 %s', (_, claim, expected) => {
    expect(groupsFrom(settingOf({ map }), { groups: claim })).toEqual(expected)
  })

  it('are not known where the token only says where to ask for them', () => {
    const setting = settingOf({ map })
    expect(groupsFrom(setting, { _claim_names: { groups: 'src1' }, _claim_sources: {} })).toBeUndefined()
    expect(groupsFrom(setting, { hasgroups: true })).toBeUndefined()
    expect(groupsFrom(setting, { _claim_names: { roles: 'src1' }, groups: 'staff' })).toEqual(['staff'])
  })

  it('may lie within a claim, whose own name may hold anything', () => {
    const nested = settingOf({ claim: ['realm_access', 'roles'], map })
    expect(groupsFrom(nested, { realm_access: { roles: ['staff'] } })).toEqual(['staff'])
    expect(groupsFrom(nested, { realm_access: {} })).toEqual([])
    expect(groupsFrom(nested, {})).toEqual([])
    expect(groupsFrom(nested, { realm_access: 'staff' })).toBeUndefined()
    expect(groupsFrom(nested, { realm_access: ['staff'] })).toBeUndefined()
    const inherited = settingOf({ claim: ['realm_access', 'constructor', 'name'], map: { Object: 'staff' } })
    expect(groupsFrom(inherited, { realm_access: {} })).toEqual([])
    const named = settingOf({ claim: 'https://acme.example/groups', map })
    expect(groupsFrom(named, { 'https://acme.example/groups': ['deep'] })).toEqual(['deep'])
  })

  it('are those of the mapping only, and none without one', () => {
    expect(groupsOf(settingOf({ map }))).toEqual(['staff', 'board', 'deep'])
    expect(groupsFrom({ groups: undefined }, { groups: ['staff'] })).toBeUndefined()
  })

  it('V8.2.1 never make an administrator, also where a mapping says so', () => {
    const groups = { claim: ['groups'], map: [['root', ['administrators', 'staff']]], when: 'each-login' } as never
    expect(groupsFrom({ groups }, { groups: 'root' })).toEqual(['staff'])
  })
})
