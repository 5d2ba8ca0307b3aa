// Every page is among the states that are looked at (support/states), so that no check of pages misses a new one.
import { expect, it } from 'vitest'
import { capabilities } from '../src/app.ts'
import { shownBy, withoutPage } from './support/states/routes.ts'
import { states } from './support/states.ts'

const addresses = capabilities.flatMap(({ routes }) =>
  routes.flatMap((one) => one.routes.filter(({ method }) => method === 'GET').map(({ path }) => path)),
)

it('each address that is opened has a state that shows its page, or says why it has no page', () => {
  const all = [...new Set(addresses)]
  expect(all.length).toBeGreaterThan(80)
  expect([...Object.keys(shownBy), ...Object.keys(withoutPage)].sort()).toEqual(all.sort())
})

it('each of these states is there, once', () => {
  const names = states.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(Object.values(shownBy).filter((name) => !names.includes(name))).toEqual([])
  expect(new Set(Object.values(shownBy)).size).toBe(Object.keys(shownBy).length)
})
