// Someone who wants to read a page of the app behind, and has to come in first.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { withAndWithoutScripts } from '../support/journey.ts'
import { throwawayDatabase } from '../support/make-app.ts'
import { type Site, startSite } from '../support/site.ts'
import { follow, newPerson, press, type, view } from '../support/steps.ts'
import { untilAnswers } from '../support/until-answers.ts'

/** Its pages have addresses that would be ours without the prefix. */
const app = createServer(({ url, headers }, reply) => {
  const isPage = !url?.endsWith('.js')
  reply.writeHead(200, { 'content-type': isPage ? 'text/html; charset=utf-8' : 'text/javascript' })
  const name = decodeURIComponent(String(headers['remote-name']))
  const links = '<link rel="icon" href="data:,"><script src="/assets/app.js"></script>'
  const doors = '<a href="/auth/account">Your account</a>'
  reply.end(isPage ? `<title>Notes</title>${links}<h1>Notes of ${name} at ${url}</h1>${doors}` : '')
})
let site: Site

beforeAll(async () => {
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
  const upstream = `http://127.0.0.1:${(app.address() as AddressInfo).port}`
  site = await startSite(throwawayDatabase(), { upstream, basePath: '/auth' })
  await untilAnswers(`${site.baseUrl}/auth/health/ready`)
})
afterAll(async () => {
  await site.stop()
  await new Promise((resolve) => (app as Server).close(resolve))
})

withAndWithoutScripts(
  () => site,
  (meet) => {
    it('leads from a page of the app through registration to that page, and through log-in too', async () => {
      const person = newPerson({ name: 'Zoë' })
      const page = await meet()
      await page.goto('/login?day=2')
      expect(await view(page)).toMatchObject({ path: '/auth/login', heading: 'Log in' })
      await follow(page, 'Register')
      await type(page, { 'Your name': person.name, 'Email address': person.email, Password: person.password })
      await press(page, 'Create account')
      expect([page.url(), await page.locator('h1').textContent()]).toEqual([
        `${site.baseUrl}/login?day=2`,
        'Notes of Zoë at /login?day=2',
      ])

      await follow(page, 'Your account')
      expect((await view(page)).heading).toContain('Zoë')
      await press(page, 'Log out')
      await page.goto('/notes')
      await type(page, { 'Email address': person.email, Password: person.password })
      await press(page, 'Log in')
      expect(page.url()).toBe(`${site.baseUrl}/notes`)
      expect(await page.locator('h1').textContent()).toBe('Notes of Zoë at /notes')
    })
  },
)
