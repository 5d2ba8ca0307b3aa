// JSON has one place, /api/v1. An address of a page answers with pages; to a program it says only why it refuses.
import { expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { statusOf } from '../../src/web/http/problem-codes.ts'
import { onEachDatabase } from '../support/databases.ts'
import { makeApp, type TestApp, useApp } from '../support/make-app.ts'
import { someone } from '../support/visitor.ts'

const json = { 'content-type': 'application/json' }
const asProgram = { accept: 'application/json' }

/** The addresses of pages that take a form, or that can be opened. */
function pagesOf({ services }: TestApp, method: 'GET' | 'POST'): string[] {
  const own = createApp(services).routes.filter((route) => route.method === method && route.path !== '/*')
  const paths = own.map(({ path }) => path.replace(/:\w+/, 'x'))
  return [...new Set(paths)].filter((path) => !/^\/(?:api|health|assets|forward-auth|auth-request)\b/.test(path))
}

onEachDatabase('One JSON dialect', (database) => {
  const app = useApp(database)

  it('a page takes no JSON: 415, which names the API, and nothing is done', async () => {
    const browser = app().visitor()
    const person = await browser.register()
    const paths = pagesOf(app(), 'POST')
    expect(paths.length).toBeGreaterThan(15)
    const body = JSON.stringify({ ...person, name: 'Eve', current_password: person.password, others: 'yes' })
    for (const path of paths) {
      for (const accept of ['application/json', 'text/html', '*/*']) {
        const answer = await browser.send('POST', path, body, { ...json, accept })
        expect([path, answer.status]).toEqual([path, 415])
        expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
        const told = (await answer.json()) as { code: string; title: string }
        expect(told.code).toBe('json-at-a-page')
        expect(told.title).toContain('/api/v1')
      }
    }
    const { account } = (await browser.json('GET', '/api/v1/session')).body as { account: { name: string } }
    expect(account.name).toBe(person.name)
  })

  it('names the API where it is: below the base path, and not at all where it is switched off', async () => {
    const titles = []
    for (const settings of [{ basePath: '/auth' }, { api: false }]) {
      const other = await makeApp(database, settings)
      const path = `${settings.basePath ?? ''}/login`
      titles.push((await other.visitor().json('POST', path, someone())).body)
      await other.close()
    }
    expect(titles[0]?.title).toContain('/auth/api/v1.')
    expect(titles[1]).toMatchObject({ code: 'unknown-type', status: 415 })
  })

  it('a page that is opened answers a program with the page, or with a problem that says why not', async () => {
    const visitor = app().visitor()
    const owner = app().visitor()
    await owner.register()
    // A file that people download, and what browsers ask of a host.
    const isFile = (path: string) =>
      ['/account/export', '/favicon.ico'].includes(path) || /^\/\.well-known\/(?:passkey|webauthn)/.test(path)
    const paths = pagesOf(app(), 'GET').filter((path) => !isFile(path))
    for (const browser of [visitor, owner]) {
      for (const path of paths) {
        const answer = await browser.send('GET', path, undefined, asProgram)
        const type = answer.headers.get('content-type')?.split(';')[0]
        if (answer.status === 303) expect(type).toBeUndefined()
        else if (type !== 'text/html') {
          expect([path, type]).toEqual([path, 'application/problem+json'])
          expect([401, 403, 404]).toContain(answer.status)
        }
      }
    }
    for (const path of ['/account', '/account/devices', '/account/password'])
      expect((await visitor.json('GET', path)).body).toMatchObject({ code: 'login-required', status: 401 })
  })

  it('a form that a program sends is answered as a form, whatever it accepts', async () => {
    const browser = app().visitor()
    const person = someone()
    await browser.open('/register')
    const form = (fields: object) => new URLSearchParams({ ...fields })
    const refused = await browser.send('POST', '/register', form({ ...person, email: '' }), asProgram)
    expect([refused.status, refused.headers.get('location')]).toEqual([303, '/register?cookies=1'])
    const done = await browser.send('POST', '/register', form(person), asProgram)
    expect([done.status, done.headers.get('location')]).toEqual([303, '/account'])
  })

  it('each code of a problem has the status that is sent with it', async () => {
    const answers = [
      await app().visitor().json('GET', '/nothing'),
      await app().visitor().json('POST', '/api/v1/login', { email: 'a@example.org', password: 'b' }),
      await app().visitor().json('POST', '/api/v1/login', {}),
    ]
    for (const { status, body } of answers)
      expect([body.code, status, body.status]).toEqual([
        body.code,
        statusOf[body.code as keyof typeof statusOf],
        status,
      ])
  })
})
