// docs/security/connections.md lists every connection that the product makes; the sources and a walk agree with it.
import { Socket } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { loadSettings } from '../../src/config/load.ts'
import { ask, onEachDatabase, onMysql } from '../support/databases.ts'
import { codes, document, filesWith, sources, table } from '../support/documents.ts'
import { useApp } from '../support/make-app.ts'

const page = 'docs/security/connections.md'
afterEach(() => vi.restoreAllMocks())

onEachDatabase('A walk through the product', (database) => {
  const app = useApp(database)

  it('V13.1.1 V13.2.4 V1.3.6 reaches the database of the settings and nothing else', async () => {
    const reached = new Set<string>()
    const connect = Socket.prototype.connect
    vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...call: unknown[]) {
      const [options] = call.flat() as { host?: string; port?: number; path?: string }[]
      reached.add(`${options?.host ?? options?.path}:${options?.port}`)
      return Reflect.apply(connect, this, call)
    } as never)
    const browser = app().visitor()
    const hostile = 'http://169.254.169.254/'
    const ada = await browser.register({ name: hostile })
    await browser.json('POST', '/api/v1/password', {
      current_password: ada.password,
      new_password: 'lantern river moss',
    })
    await browser.logOut()
    await browser.logIn({ ...ada, password: 'lantern river moss' }, { return_to: hostile })
    await browser.send('GET', '/login', undefined, { referer: hostile, origin: hostile, host: '169.254.169.254' })
    const url = database.name === 'MySQL' ? new URL(database.url) : undefined
    expect([...reached].filter((one) => one !== `${url?.hostname}:${url?.port}`)).toEqual([])
  })
})

onMysql('The pool', (database) => {
  const app = useApp(database, { databaseConnections: 3 })

  it('V13.2.6 has no more connections than the settings say, however many ask', async () => {
    const wrong = { email: 'a@b.cd', password: 'x' }
    await Promise.all(Array.from({ length: 40 }, () => app().visitor().json('POST', '/api/v1/login', wrong)))
    const rows = await ask(database.url, 'select id from information_schema.processlist where db = database()')
    // One of them is the one that asks.
    expect(rows.length - 1).toBeLessThanOrEqual(3)
    expect(rows.length - 1).toBeGreaterThan(0)
  })
})

describe('The list of connections', () => {
  it('V13.1.1 V13.2.4 names every file that could make one', () => {
    const told = table(page, 'That the product makes').flatMap((row) => codes(row.in))
    // A transport that is a stream leads nowhere.
    const open =
      /createPool\(|createConnection\(|createTransport\(\{ pool|createProxyServer\(|new SMTPConnection\(|(?<![.\w])fetch\(/
    expect(filesWith(open)).toEqual(told.sort())
    const low = /import \{[^}]*\b(?:connect|request|get|Agent)\b[^}]*\} from 'node:(?:net|http)'/
    // The pool of what stands in the list.
    expect(filesWith(low)).toEqual(['src/web/reverse-proxy/reverse-proxy.ts'])
    expect(filesWith(/from 'node:https'/)).toEqual(['src/web/reverse-proxy/reverse-proxy.ts'])
    // The doctor looks at the certificate of the site.
    const others = /from 'node:(?:http2|tls|dgram|dns)[/']|XMLHttpRequest|WebSocket|undici/
    expect(filesWith(others)).toEqual(['src/cli/doctor/site.ts'])
  })

  it('V15.3.2 lets no request of ours be led elsewhere', () => {
    const asking = sources.filter(({ code }) => /(?<![.\w])fetch\(/.test(code))
    expect(asking.length).toBeGreaterThan(0)
    for (const { name, code } of asking) {
      const count = (pattern: RegExp) => [...code.matchAll(pattern)].length
      expect(count(/redirect: '(?:error|manual)'/g), name).toBe(count(/(?<![.\w])fetch\(/g))
    }
  })

  it('V12.3.3 V13.2.5 keeps others out of the way to the proxy, and the process from the network', () => {
    const loaded = loadSettings({})
    expect(loaded.kind === 'settings' && loaded.settings.host).toBe('127.0.0.1')
    const [taken] = table(page, 'That the product takes')
    expect(codes(taken?.at)).toContain('127.0.0.1:3000')
    expect(document('docs/running/production.md')).toMatch(/^IPAddressDeny=any\nIPAddressAllow=localhost$/m)
  })
})
