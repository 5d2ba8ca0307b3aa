// Chapter V3: what the headers and pages say to browsers, and what browsers never get.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadSettings } from '../../src/config/load.ts'
import { headersForAll } from '../../src/web/http/headers.ts'
import { onEachDatabase } from '../support/databases.ts'
import { codes, document, filesWith, onlyTable } from '../support/documents.ts'
import { useApp } from '../support/make-app.ts'

const folder = fileURLToPath(new URL('../../src/web/scripts/', import.meta.url))
const scripts = readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(folder + name, 'utf8'))

const emails = { smtpUrl: 'smtp://127.0.0.1:9', mailFrom: 'hello@example.org' }

onEachDatabase('Pages', (database) => {
  const app = useApp(database, {
    baseUrl: 'https://accounts.example.org',
    supportEmail: 'help@example.org',
    ...emails,
  })

  async function allPages(): Promise<string[]> {
    const [visitor, account] = [app().visitor(), app().visitor()]
    await account.register()
    const open = async (path: string) => [(await visitor.open(path)).html, (await account.open(path)).html]
    return (
      await Promise.all(['/login', '/register', '/logout', '/account', '/account/password', '/nothing'].map(open))
    ).flat()
  }

  it.each(['image', 'script', 'style', 'object', 'embed', 'font', 'audio', 'worker', 'serviceworker', 'manifest'])(
    'V3.2.1 V3.5.8 cannot be used as %s',
    async (destination) => {
      const account = app().visitor()
      await account.register()
      for (const path of ['/account', '/login', '/account/password']) {
        const headers = { 'sec-fetch-dest': destination, 'sec-fetch-mode': 'no-cors', 'sec-fetch-site': 'cross-site' }
        const answer = await account.send('GET', path, undefined, headers)
        expect([answer.status, answer.headers.get('x-content-type-options')], path).toEqual([403, 'nosniff'])
        expect(await answer.text()).not.toContain('Ada')
      }
      const asJson = await account.send('GET', '/account', undefined, {
        'sec-fetch-dest': destination,
        accept: 'application/json',
      })
      expect([asJson.status, JSON.parse(await asJson.text()).code]).toEqual([403, 'not-embedded'])
    },
  )

  it.each(['document', 'empty', ''])('V3.2.1 are given to a window or a script of ours (%j)', async (destination) => {
    const account = app().visitor()
    await account.register()
    expect((await account.send('GET', '/account', undefined, { 'sec-fetch-dest': destination })).status).toBe(200)
  })

  it('V3.3.2 V3.5.4 keep their cookies to this host and to our own forms', async () => {
    const lines = (await app().visitor().send('GET', '/login')).headers.getSetCookie()
    for (const line of lines) {
      expect(line).toMatch(/SameSite=(?:Lax|Strict)/)
      expect(line).not.toMatch(/domain=/i)
    }
    const below = loadSettings({ flags: { baseUrl: 'https://example.org/accounts' } })
    expect(below.kind).toBe('faults')
    expect(document('docs/running/production.md')).toMatch(/must have a host of its own/)
  })

  it('V3.6.1 V3.7.1 V3.7.3 load nothing from elsewhere, lead nowhere else, and use no plug-in', async () => {
    const pages = await allPages()
    expect(pages).toHaveLength(12)
    for (const html of pages) {
      const addresses = [...html.matchAll(/(?:src|href|action|formaction|data-action|data|poster)="([^"]*)"/g)].map(
        ([, to]) => to ?? '',
      )
      expect(addresses.filter((to) => !/^(?:\/(?!\/)|#|mailto:help@example\.org$)/.test(to))).toEqual([])
      expect(html).not.toMatch(
        /<(?:object|embed|applet|iframe|frame|base|marquee|keygen)\b|http-equiv|target=|\son\w+="|style="/i,
      )
    }
    const hosts = headersForAll({ baseUrl: 'https://a.example' })['content-security-policy']
    expect(hosts).not.toMatch(/https?:|\*|unsafe|data:/)
  })

  it('V3.5.7 V3.6.1 V4.1.1 get the same script anyone who asks for it', async () => {
    const [visitor, account] = [app().visitor(), app().visitor()]
    await account.register()
    const { html } = await visitor.open('/login')
    const script = /src="(\/assets\/page\.[^"]+)"/.exec(html)?.[1] ?? ''
    const answers = await Promise.all([visitor, account].map((browser) => browser.send('GET', script)))
    const bodies = await Promise.all(answers.map((answer) => answer.text()))
    expect(bodies[0]).toBe(bodies[1])
    for (const answer of answers) expect(answer.headers.getSetCookie()).toEqual([])
  })
})

describe('Scripts', () => {
  it('V3.5.5 V3.2.3 V14.3.3 are modules that listen to no other window, read no globals by name and store nothing', () => {
    expect(scripts.length).toBeGreaterThan(3)
    for (const script of scripts) {
      expect(script).toMatch(/^(?:import|export) /m)
      expect(script).not.toMatch(
        /postMessage|onmessage|'message'|window\[|window\.\w+|globalThis|document\.(?:forms|all|images)|localStorage|sessionStorage|indexedDB|document\.cookie/,
      )
    }
    expect(filesWith(/type="module"/)).toEqual(['src/web/ui/fields.tsx', 'src/web/ui/layout.tsx'])
    expect(filesWith(/postMessage/)).toEqual([])
  })

  it('V3.2.2 make no markup of text', () => {
    for (const script of scripts)
      expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser/)
  })
})

it('V3.1.1 what a browser must be able to do is written down, with each header that we rely on', () => {
  const told = onlyTable('docs/security/browsers.md')
  const named = told.flatMap((row) => codes(row['we rely on']))
  const sent = Object.keys(headersForAll({ baseUrl: 'https://a.example' }))
  expect(sent.filter((header) => !named.includes(header))).toEqual([])
  for (const row of told) expect(row['a browser without it'], row['we rely on']).not.toBe('')
})
