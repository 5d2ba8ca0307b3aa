import { expect, it } from 'vitest'
import { openFilter } from '../src/identity/passwords/common-passwords.ts'
import { isSequence } from '../src/identity/passwords/sequences.ts'
import { isVeryCommon, veryCommon } from '../src/web/scripts/very-common.ts'

it('The list in the browser advises against nothing that the server takes', () => {
  const { has } = openFilter()
  const long = [...veryCommon].filter((one) => one.length >= 8)
  expect(long.length).toBeGreaterThan(80)
  expect(long.filter((one) => !has(one) && !isSequence(one))).toEqual([])
})

it('The list in the browser compares as the server does', () => {
  expect(isVeryCommon('PassWord123')).toBe(true)
  expect(isVeryCommon('violet tram lamp')).toBe(false)
})
