// The list on an account's row is a copy: it stays true as long as one file writes it, together with what it is a copy of.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const source = new URL('../../', import.meta.url)

it('memberships and the list of them are written by one file, which one file uses', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.ts$|^database\//.test(name))
  const those = (pattern: RegExp) =>
    files.filter((name) => pattern.test(readFileSync(new URL(name, source), 'utf8'))).sort()
  // An account begins in no group, and all rows of one that is removed go.
  const atItsEnds = ['capabilities/account-deletion/storage.ts', 'identity/accounts/row-storage.ts']
  const writes =
    /(?:insertInto|updateTable|deleteFrom)\('gatelodge_group_members'\)|(?<![.'])\bmember_of(?: \}|: (?!string))/
  expect(those(writes).filter((name) => !atItsEnds.includes(name))).toEqual(['identity/groups/storage.ts'])
  expect(those(/groupRows\.(?:addMember|removeMember|writeList)\(/)).toEqual(['identity/groups/rules.ts'])
})
