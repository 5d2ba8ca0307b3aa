// What apps learn of groups, and how they keep others out: inside a Node app, in front of an app, and for a proxy.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, it } from 'vitest'
import { createGuard } from '../../src/embed/guard.ts'
import { onEachDatabase } from '../support/databases.ts'
import { join, leave } from '../support/groups.ts'
import { useApp } from '../support/make-app.ts'
import { useUpstreamSite } from '../support/upstream-site.ts'
import { type Fields, someone, type Visitor } from '../support/visitor.ts'

const asked = (browser: Visitor, accept = 'text/html') => ({
  asking: new Headers({ accept, cookie: `gatelodge=${browser.sessionCookie}` }),
  method: 'GET',
  target: '/notes',
})

onEachDatabase('Groups of an account', (database) => {
  const requireGroup = [
    { path: '/*', group: 'staff' },
    { path: '/admin/*', group: 'editors' },
  ]
  const app = useApp(database, { identityHeaders: 'all', identityToken: true })
  const guarded = useApp(database, { requireGroup })

  it('stand on the account page and in the export, sorted, and only where there are some', async () => {
    const browser = app().visitor()
    const person = await browser.register()
    expect((await browser.open('/account')).html).not.toContain('<dt>Groups')
    await join(app(), person, 'staff', 'board', 'editors')
    expect((await browser.open('/account')).html).toContain(
      '<dt>Groups</dt><dd><span translate="no">board, editors, staff',
    )
    const data = await (await browser.send('GET', '/account/export')).json()
    expect(data).toMatchObject({ account: { groups: ['board', 'editors', 'staff'] } })
    expect(await leave(app(), person, 'board')).toBe('left')
    expect(await leave(app(), person, 'board')).toBe('no-member')
    expect(await browser.account()).toMatchObject({ groups: ['editors', 'staff'] })
  })

  it.each(['/forward-auth', '/auth-request'])(
    '%s sends them in every header, and empty headers where there are none',
    async (path) => {
      const browser = app().visitor()
      const person = await browser.register()
      const names = ['remote-groups', 'x-auth-request-groups', 'x-forwarded-groups']
      const ask = async () => {
        const { headers } = await browser.send('GET', path)
        const [, claims = ''] = headers.get('remote-token')?.split('.') ?? []
        const { groups } = JSON.parse(Buffer.from(claims, 'base64url').toString())
        return [groups, ...names.map((name) => headers.get(name))]
      }
      expect(await ask()).toEqual([[], '', '', ''])
      await join(app(), person, 'staff', 'editors')
      expect(await ask()).toEqual([['editors', 'staff'], ...names.map(() => 'editors,staff')])
    },
  )

  it.each(['/forward-auth', '/auth-request'])(
    'V8.2.1 %s lets only members through, however the path is written',
    async (path) => {
      const browser = guarded().visitor()
      const person = await browser.register()
      const ask = async (uri?: string) => {
        const named = uri === undefined ? {} : { 'x-forwarded-host': 'app.example.org', 'x-forwarded-uri': uri }
        return (await browser.send('GET', path, undefined, { accept: 'application/json', ...named })).status
      }
      expect([await ask('/'), await ask('/admin'), await ask()]).toEqual([403, 403, 403])
      await join(guarded(), person, 'editors')
      expect([await ask('/'), await ask('/admin'), await ask()]).toEqual([403, 403, 403])
      await join(guarded(), person, 'staff')
      await leave(guarded(), person, 'editors')
      expect([await ask('/'), await ask('/administer')]).toEqual([200, 200])
      for (const uri of [
        '/admin',
        '/ADMIN/x',
        '/%61dmin',
        '//admin',
        '/x/../admin',
        '/admin%2fx',
        '/admin/?a=b',
        '/admin;a',
      ])
        expect(await ask(uri), uri).toBe(403)
      expect(await ask()).toBe(403)
      await join(guarded(), person, 'editors')
      expect([await ask('/admin/x'), await ask('//admin'), await ask()]).toEqual([200, 200, 200])
    },
  )

  it('a person gets a page that says why, and a program a code', async () => {
    const browser = guarded().visitor()
    await browser.register()
    const page = await browser.send('GET', '/forward-auth', undefined, { accept: 'text/html' })
    expect([page.status, await page.text()]).toEqual([
      403,
      expect.stringContaining('<h1>You cannot view this page</h1>'),
    ])
    const program = await browser.send('GET', '/auth-request', undefined, { accept: 'text/html' })
    expect(await program.json()).toMatchObject({ status: 403, code: 'not-in-group' })
  })

  it('V8.2.1 a guard of a Node app lets only members through, and gives their groups', async () => {
    const guard = createGuard(app().services)
    const browser = app().visitor()
    const person = await browser.register()
    const demand = { account: true, group: 'editors' }
    const refused = await guard(asked(browser), demand)
    expect(refused).toBeInstanceOf(Response)
    expect([(refused as Response).status, await (refused as Response).text()]).toEqual([
      403,
      expect.stringContaining('You cannot view this page'),
    ])
    const program = await guard(asked(browser, 'application/json'), demand)
    expect(await (program as Response).json()).toMatchObject({ code: 'not-in-group' })
    // The beginning of a name is no name.
    await join(app(), person, 'editors.guests')
    expect(await guard(asked(browser), demand)).toBeInstanceOf(Response)
    await join(app(), person, 'editors')
    expect(await guard(asked(browser), demand)).toMatchObject({ account: { groups: ['editors', 'editors.guests'] } })
  })

  it('V2.1.3 an account is in 50 of them at most, of the longest names too, and all reach the app', async () => {
    const browser = app().visitor()
    const person = await browser.register()
    const names = Array.from({ length: 50 }, (_, at) => `${'g'.repeat(62)}${String(at).padStart(2, '0')}`)
    await join(app(), person, ...names)
    await expect(join(app(), person, 'one-more')).rejects.toThrow('too-many-groups')
    expect((await browser.send('GET', '/forward-auth')).headers.get('remote-groups')).toBe(names.join(','))
  })

  it('V15.4.2 many that join at once are all in, each once', async () => {
    const browser = app().visitor()
    const person = await browser.register()
    const names = Array.from({ length: 8 }, (_, at) => `at-once-${at}`)
    await Promise.allSettled([...names, ...names].map((name) => join(app(), person, name)))
    expect(await browser.account()).toMatchObject({ groups: names })
  })
})

const tellGroups = (request: IncomingMessage, reply: ServerResponse) =>
  void reply.end(JSON.stringify(request.headers['remote-groups'] ?? null))

onEachDatabase('In front of an app', (database) => {
  const site = useUpstreamSite(database, tellGroups, {
    requireGroup: [{ path: '/staff/*', group: 'editors' }],
    public: ['/staff/help'],
  })
  const app = useApp(database)

  it('V8.2.1 V4.1.3 the app gets the groups, and paths of a group let only members through', async () => {
    const visitor = site().visitor()
    const person: Fields = someone()
    await visitor.open('/register')
    await visitor.submitOnly(person)
    const get = (path: string, headers = {}) =>
      visitor.send('GET', path, undefined, { 'remote-groups': 'editors', ...headers })
    expect(await (await get('/notes')).text()).toBe('null')
    for (const path of ['/staff', '/staff/x', '/Staff/x', '/%73taff/', '/x//staff'])
      expect((await get(path, { accept: 'application/json' })).status, path).toBe(403)
    expect(await (await get('/staff/x', { accept: 'text/html' })).text()).toContain('You cannot view this page')
    expect((await get('/staff/help')).status).toBe(200)
    await join(app(), person, 'editors')
    expect(await (await get('/staff/x')).text()).toBe('"editors"')
  })
})
