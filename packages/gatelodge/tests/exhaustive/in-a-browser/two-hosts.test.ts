// One login for two hosts, in a real browser: it alone decides which cookie goes where and where a form may lead. nginx
// stands in front of both, with TLS, under names that lead to this machine.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../support/browser.ts'
import { makeApp, type TestApp, throwawayDatabase } from '../../support/make-app.ts'
import { freePort } from '../../support/mysql-server.ts'
import { type RunningProxy, startProxy } from '../../support/proxies.ts'
import { follow, newPerson, press, type, view } from '../../support/steps.ts'

const configuration = join(import.meta.dirname, '../../../../../examples/nginx/two-hosts.conf')
const certificates = join(import.meta.dirname, '../../support/certificates')

describe('One login for two hosts behind nginx', () => {
  let behind: Server
  let gatelodge: TestApp
  let own: Server
  let proxy: RunningProxy
  let browser: Browser
  let [app, login] = ['', '']

  beforeAll(async () => {
    behind = createServer(({ headers, url }, answer) => {
      answer.setHeader('content-type', 'text/html')
      answer.end(`<title>${url}</title><h1>${headers['remote-name']}</h1><p>${Object.keys(headers)}</p>`)
    }).listen(0, '127.0.0.1')
    await once(behind, 'listening')
    const port = await freePort()
    ;[app, login] = ['app', 'login'].map((name) => `https://${name}.example.test:${port}`) as [string, string]
    const hosts = { baseUrl: login, cookieDomain: 'example.test', allowedReturnHosts: [new URL(app).host] }
    gatelodge = await makeApp(throwawayDatabase(), hosts)
    own = serve({ fetch: (sent) => gatelodge.fetch(sent), port: 0, hostname: '127.0.0.1' }) as Server
    await once(own, 'listening')
    const ports: Record<string, number> = { 443: port, 3000: portOf(own), 5000: portOf(behind) }
    const text = readFileSync(configuration, 'utf8')
      .replace(/:(443|3000|5000)\b/g, (_, name) => `:${ports[name]}`)
      .replace('/etc/ssl/example.test.pem', join(certificates, 'server.pem'))
      .replace('/etc/ssl/example.test.key', join(certificates, 'server.key'))
    proxy = await startProxy('nginx', text, `http://127.0.0.1:${port}`)
    browser = await launchBrowser(['--host-resolver-rules=MAP *.example.test 127.0.0.1'])
  })
  afterAll(async () => {
    await browser?.close()
    await proxy?.stop()
    own?.close()
    behind?.close()
    await gatelodge?.close()
  })

  const open = async (): Promise<Page> => (await browser.newContext({ ignoreHTTPSErrors: true })).newPage()

  it('V3.7.2 V3.3.1 leads from the app to the login and back, and shares the session alone', async () => {
    const page = await open()
    await page.goto(`${app}/books?a=1&b=2`)
    expect(page.url()).toBe(`${login}/login?return_to=${encodeURIComponent(`${app}/books?a=1&b=2`)}`)
    await follow(page, 'Register')
    const ada = newPerson()
    await type(page, { 'Your name': ada.name, 'Email address': ada.email, Password: ada.password })
    await press(page, 'Create account')
    expect(page.url()).toBe(`${app}/books?a=1&b=2`)
    expect(await page.locator('h1').innerText()).toBe(ada.name)
    expect(await page.locator('p').innerText()).not.toContain('groups')

    const shown = await page.context().cookies([app])
    expect(shown.map(({ name, domain, secure }) => [name, domain, secure])).toEqual([
      ['__Secure-gatelodge', '.example.test', true],
    ])

    await page.goto(`${login}/logout`)
    await press(page, 'Log out')
    await page.goto(`${app}/`)
    expect(page.url()).toBe(`${login}/login?return_to=${encodeURIComponent(`${app}/`)}`)
    await type(page, { 'Email address': ada.email, Password: 'not my password' })
    await press(page, 'Log in')
    await type(page, { Password: ada.password })
    await press(page, 'Log in')
    expect(page.url()).toBe(`${app}/`)
  })

  it('V3.7.2 leads to no third host', async () => {
    const page = await open()
    await page.goto(`${login}/register?return_to=${encodeURIComponent(app.replace('app', 'other'))}`)
    const ada = newPerson()
    await type(page, { 'Your name': ada.name, 'Email address': ada.email, Password: ada.password })
    await press(page, 'Create account')
    expect(await view(page)).toMatchObject({ path: '/account' })
    expect(new URL(page.url()).origin).toBe(login)
  })
})

const portOf = (server: Server) => (server.address() as AddressInfo).port
