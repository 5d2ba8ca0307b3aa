// Behind a proxy that adds `Referrer-Policy: no-referrer`, browsers send `Origin: null` with the forms of our own pages.
import { request as ask, createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { withAndWithoutScripts } from '../support/journey.ts'
import { throwawayDatabase } from '../support/make-app.ts'
import { freePort } from '../support/mysql-server.ts'
import { type Site, startSite } from '../support/site.ts'
import { logIn, newPerson, press, register, view } from '../support/steps.ts'
import { untilAnswers } from '../support/until-answers.ts'

let site: Site
let proxy: Server
const origins: (string | undefined)[] = []

beforeAll(async () => {
  const port = await freePort()
  const baseUrl = `http://localhost:${port}`
  let behind = ''
  proxy = createServer((given, answer) => {
    const { method, url = '/', headers } = given
    // Of forms: what a script of ours asks has the origin of the page.
    if (method === 'POST' && !url.startsWith('/login/passkey/')) origins.push(headers.origin)
    const passed = ask(new URL(url, behind), { method, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, { ...got.headers, 'referrer-policy': 'no-referrer' })
      got.pipe(answer)
    })
    given.pipe(passed)
  })
  await new Promise<void>((resolve) => proxy.listen(port, resolve))
  const inner = await startSite(throwawayDatabase(), { baseUrl })
  behind = `http://localhost:${inner.port}`
  site = { ...inner, baseUrl }
  await untilAnswers(`${baseUrl}/health/ready`)
})
afterAll(async () => {
  proxy.closeAllConnections()
  proxy.close()
  await site.stop()
})

withAndWithoutScripts(
  () => site,
  (meet) => {
    it('V3.5.1 people register, log out and log in', async () => {
      const ada = newPerson()
      const page = await meet()
      await register(page, ada)
      expect((await view(page)).heading).toBe('Hello, Ada Lovelace')
      await press(page, 'Log out')
      expect((await view(page)).notice).toBe('You are logged out.')
      await logIn(page, ada)
      expect((await view(page)).path).toBe('/account')
      expect(new Set(origins)).toEqual(new Set(['null']))
    })
  },
)
