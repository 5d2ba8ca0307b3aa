// Browsers keep cookies by host, whatever the port: two sites on one machine must not take each other's.
import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { makeApp } from '../../../tests/support/make-app.ts'
import { cookieName } from './cookies.ts'

onEachDatabase('Two sites on http://localhost', (database) => {
  it('keep their people logged in, in one browser', async () => {
    const [here, there] = [await makeApp(database, { port: 3000 }), await makeApp(database, { port: 4000 })]
    const [one, other] = [here.visitor(), there.visitor()]
    other.cookies = one.cookies
    await one.register({ name: 'Ada' })
    await other.register({ name: 'Grace' })
    expect((await one.open('/account')).html).toContain('Ada')
    expect([...one.cookies.keys()].sort()).toEqual([
      'gatelodge',
      'gatelodge-4000',
      'gatelodge-device',
      'gatelodge-device-4000',
    ])
    await other.logOut()
    expect((await one.open('/account')).path).toBe('/account')
    expect((await other.open('/account')).path).toBe('/login')
    await here.close()
    await there.close()
  })
})

it.each([
  ['http://localhost:3000', 'gatelodge'],
  ['http://localhost:4000', 'gatelodge-4000'],
  ['http://127.0.0.1:4000', 'gatelodge-4000'],
  ['http://[::1]:4000', 'gatelodge-4000'],
  ['http://localhost', 'gatelodge-80'],
  ['http://accounts.example.org:4000', 'gatelodge'],
  ['https://localhost:4000', '__Host-gatelodge'],
])('V3.3.1 at %s the session stands in %s', (baseUrl, name) => {
  expect(cookieName({ baseUrl, cookieDomain: undefined }, 'gatelodge')).toBe(name)
})
