// An app that is no browser asks an app behind a proxy, with the token that the API gave it.
import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { makeApp, type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { Program } from '../../../tests/support/program.ts'
import { someone } from '../../../tests/support/visitor.ts'

const addresses = ['/forward-auth', '/auth-request']

async function registered(app: TestApp) {
  const program = new Program(app)
  const person = someone()
  const { body } = await program.post('/register', { ...person, session: 'bearer' })
  program.token = (body as { token: string }).token
  return { program, person }
}

onEachDatabase('A bearer token for an app behind a proxy', (database) => {
  const app = useApp(database, { bearer: true })
  const get = (path: string, headers: Record<string, string>) => app().visitor().send('GET', path, undefined, headers)
  const bearer = (program: Program) => ({ authorization: `Bearer ${program.token}` })

  it.each(addresses)('counts as logged in at %s, until its session ends', async (path) => {
    const { program, person } = await registered(app())
    const answer = await get(path, bearer(program))
    expect([answer.status, answer.headers.get('remote-email')]).toEqual([200, person.email])
    await program.post('/logout')
    const over = await get(path, bearer(program))
    expect([over.status, over.headers.get('remote-user')]).toEqual([401, null])
    expect(await over.json()).toMatchObject({ code: 'login-required' })
  })

  it.each(addresses)('V7.5.2 ends at %s when its owner ends that device', async (path) => {
    const { program, person } = await registered(app())
    const browser = app().visitor()
    await browser.logIn(person)
    expect((await browser.open('/account/devices')).html).toContain('App (')
    await browser.submit({ others: 'yes' }, '/account/devices')
    expect((await get(path, bearer(program))).status).toBe(401)
  })

  it.each(addresses)('V15.3.7 together with the session cookie is refused at %s, whichever is good', async (path) => {
    const { program } = await registered(app())
    const browser = app().visitor()
    await browser.register()
    const cookie = `gatelodge=${browser.sessionCookie}`
    for (const headers of [
      { ...bearer(program), cookie },
      { ...bearer(program), cookie: 'gatelodge=nonsense' },
      { authorization: 'Bearer gatelodge_made-up', cookie },
    ]) {
      const answer = await get(path, headers)
      expect([answer.status, answer.headers.get('remote-user')]).toEqual([401, null])
      expect(await answer.json()).toMatchObject({ code: 'two-credentials' })
    }
    // A token of another issuer is the app's own business.
    expect((await get(path, { authorization: 'Bearer of-the-app', cookie })).status).toBe(200)
    expect((await get(path, { authorization: 'Basic Z2F0ZTpsb2RnZQ==', cookie })).status).toBe(200)
  })

  it.each(addresses)('leads no program to a page: %s', async (path) => {
    const answer = await get(path, { authorization: 'Bearer gatelodge_made-up', accept: 'text/html' })
    expect([answer.status, answer.headers.get('location')]).toEqual([401, null])
  })

  it('V3.5.1 opens no page of ours', async () => {
    const { program } = await registered(app())
    for (const path of ['/account', '/account/export', '/account/devices'])
      expect((await get(path, { ...bearer(program), accept: 'application/json' })).status, path).toBe(401)
  })

  it('V3.4.2 sends no CORS headers and answers no preflight', async () => {
    const { program } = await registered(app())
    for (const path of addresses) {
      const origin = { origin: 'https://evil.test' }
      const asked = await get(path, { ...bearer(program), ...origin })
      const preflight = await app().visitor().send('OPTIONS', path, undefined, origin)
      expect([asked.status, preflight.status]).toEqual([200, 405])
      for (const { headers } of [asked, preflight])
        expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })

  it.each(addresses)('counts for nothing at %s where it is off, as it is by default', async (path) => {
    const off = await makeApp(database)
    const { program } = await registered(off)
    const answer = await off.visitor().send('GET', path, undefined, bearer(program))
    expect(answer.status).toBe(401)
    const browser = off.visitor()
    await browser.register()
    expect((await browser.send('GET', path, undefined, bearer(program))).status).toBe(200)
    await off.close()
  })
})
