// Logging out from a page of the app that holds us: by a form without scripts, and by a call.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { AccountEvent, Gatelodge } from '../../src/index.ts'
import { onEachDatabase } from '../support/databases.ts'
import { type EmbedConfig, embeddedSite, openGatelodge, visitorOf } from '../support/embed.ts'
import { throwawayDatabase } from '../support/make-app.ts'
import type { Visitor } from '../support/visitor.ts'

/** The browser's request for a page or a route of the app. */
function asked(browser: Visitor, headers: Record<string, string> = {}, method = 'GET'): Request {
  const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ')
  return new Request(`${embeddedSite}/of-the-app`, { method, headers: { cookie, ...headers } })
}

const fromHere = { 'sec-fetch-site': 'same-origin' }
const cookiesOf = (answer: Response) => answer.headers.getSetCookie().map((line) => line.split(';')[0])

async function whileOpen(config: EmbedConfig, use: (gatelodge: Gatelodge) => Promise<void>): Promise<void> {
  const gatelodge = await openGatelodge(throwawayDatabase(), config)
  await use(gatelodge).finally(() => gatelodge.close())
}

onEachDatabase('A way out on a page of the app', (database) => {
  it('V7.4.4 is a form that works without scripts, at our own address', async () => {
    const gatelodge = await openGatelodge(database)
    const browser = visitorOf(gatelodge)
    await browser.register()
    const form = gatelodge.logoutForm(asked(browser))
    expect(form?.html).toMatch(
      /^<form method="post" action="\/logout"><input type="hidden" name="form_token" value="[\w-]+"><button type="submit">Log out<\/button><\/form>$/,
    )
    const kept = asked(browser)
    const answer = await browser.send('POST', form?.action ?? '', new URLSearchParams(form?.fields))
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/login'])
    expect(await gatelodge.session(kept)).toBe(null)
    await gatelodge.close()
  })

  it('V7.4.1 is a call that ends the session of the request, and calls the hook', async () => {
    const told: string[] = []
    const onLoggedOut = ({ account, where }: AccountEvent & { where: string }) => void told.push(account.email, where)
    const gatelodge = await openGatelodge(database, { hooks: { onLoggedOut } })
    const browser = visitorOf(gatelodge)
    const { email } = await browser.register()
    const [mine, other] = [asked(browser, fromHere, 'POST'), visitorOf(gatelodge)]
    await other.logIn({ email: email as string, password: 'violet tram lamp' })

    const answer = await gatelodge.logout(mine)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/login'])
    expect(cookiesOf(answer)).toContain('gatelodge=')
    expect(answer.headers.get('clear-site-data')).toContain('storage')
    expect(await gatelodge.session(mine)).toBe(null)
    expect(await gatelodge.session(asked(other))).not.toBe(null)
    expect(told).toEqual([email, 'here'])
    await gatelodge.close()
  })
})

describe('Logging out by a call', () => {
  it.each([
    ['another site says so', { 'sec-fetch-site': 'cross-site' }, 403],
    ['another host of the same site says so', { 'sec-fetch-site': 'same-site' }, 403],
    ['its origin is foreign', { origin: 'https://evil.example' }, 403],
    ['its referer is foreign', { referer: 'https://evil.example/' }, 403],
    ['nothing says where it comes from', {}, 403],
    ['it comes from this site', { 'sec-fetch-site': 'same-origin' }, 303],
    ['its origin is this site', { origin: embeddedSite }, 303],
    ['a text browser sends its referer only', { referer: `${embeddedSite}/page` }, 303],
  ])('V3.5.1 where %s', (_, headers, status) =>
    whileOpen({}, async (gatelodge) => {
      const browser = visitorOf(gatelodge)
      await browser.register()
      for (const method of ['GET', 'POST']) {
        const answer = await gatelodge.logout(asked(browser, headers, method))
        expect(answer.status).toBe(status)
      }
      expect((await gatelodge.session(asked(browser))) === null).toBe(status === 303)
    }),
  )

  it('answers a program with 204, also below a path', () =>
    whileOpen({ basePath: '/auth' }, async (gatelodge) => {
      const { headers } = await gatelodge.test.loginAs({ email: 'ada@example.org' })
      const asking = new Headers({ ...headers, ...fromHere, accept: 'application/json' })
      const answer = await gatelodge.logout(asking)
      expect([answer.status, await answer.text(), answer.headers.getSetCookie().length > 0]).toEqual([204, '', true])
      expect(await gatelodge.session(new Headers(headers))).toBe(null)
    }))

  it('ends the session of the cookie, whatever token of its own the app gets', () =>
    whileOpen({}, async (gatelodge) => {
      const { headers } = await gatelodge.test.loginAs({ email: 'ada@example.org' })
      await gatelodge.logout(new Headers({ ...headers, ...fromHere, authorization: 'Bearer of-the-app' }))
      expect(await gatelodge.session(new Headers(headers))).toBe(null)
    }))

  it('does nothing to a visitor but send them to login', () =>
    whileOpen({}, async (gatelodge) => {
      const answer = await gatelodge.logout(new Headers(fromHere))
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/login'])
      expect(gatelodge.logoutForm(new Headers())).toBe(null)
    }))

  it('goes through the hands of node:http, with all cookies', () =>
    whileOpen({}, async (gatelodge) => {
      const leave = async (request: IncomingMessage, response: ServerResponse) => {
        const answer = await gatelodge.logout(request)
        response.setHeaders(answer.headers)
        response.writeHead(answer.status).end(await answer.text())
      }
      const server = createServer(leave).listen(0)
      const { headers } = await gatelodge.test.loginAs({ email: 'ada@example.org' })
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/leave`
      const answer = await fetch(address, { method: 'POST', redirect: 'manual', headers: { ...headers, ...fromHere } })
      server.close()
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/login'])
      expect(cookiesOf(answer).length).toBe(2)
      expect(await gatelodge.session(new Headers(headers))).toBe(null)
    }))
})

describe('The form', () => {
  it('posts below the base path, with words of the app that are escaped', () =>
    whileOpen({ basePath: '/auth' }, async (gatelodge) => {
      const { headers } = await gatelodge.test.loginAs({ email: 'ada@example.org' })
      const form = gatelodge.logoutForm(new Headers(headers), 'Bye <now>')
      expect(form?.html).toContain('action="/auth/logout"')
      expect(form?.html).toContain('>Bye &lt;now&gt;</button>')
    }))

  it('V3.5.1 works for no other session', () =>
    whileOpen({}, async (gatelodge) => {
      const [one, other] = [visitorOf(gatelodge), visitorOf(gatelodge)]
      await one.register()
      await other.register()
      const form = gatelodge.logoutForm(asked(one))
      const answer = await other.send('POST', '/logout', new URLSearchParams(form?.fields))
      expect(answer.status).toBe(403)
      expect(await gatelodge.session(asked(other))).not.toBe(null)
    }))
})
