// Where the server listens, over real connections: at a Unix socket, and at IPv6 addresses.
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { networkList } from '../src/config/networks.ts'
import type { Settings } from '../src/config/schema.ts'
import { listen } from '../src/server.ts'
import { listenAtPath } from '../src/web/http/connections/unix-socket.ts'
import { finished, start } from './support/command-line.ts'
import { makeApp, throwawayDatabase } from './support/make-app.ts'
import { freePort } from './support/mysql-server.ts'
import { someone } from './support/visitor.ts'

const newPath = () => join(mkdtempSync(join(tmpdir(), 'gatelodge-socket-')), 'site.sock')
const baseUrl = 'http://localhost:8080'

type Where = { socketPath: string } | { host: string; port: number }

async function ask(where: Where, path: string, headers: Record<string, string> = {}, body?: string) {
  const sent = request({ ...where, path, headers, method: body === undefined ? 'GET' : 'POST', agent: false })
  sent.end(body)
  const [answer] = await once(sent, 'response')
  return { status: answer.statusCode as number, body: await text(answer) }
}

/** A program of the API guesses a password. */
const guess = (where: Where, headers: Record<string, string> = {}) => {
  const body = JSON.stringify({ email: someone().email, password: 'quiet amber windmill' })
  const own = { host: 'localhost:8080', accept: 'application/json', 'content-type': 'application/json', ...headers }
  return ask(where, '/api/v1/login', own, body)
}

async function site(settings: Partial<Settings>) {
  const { services, logged } = await makeApp(throwawayDatabase(), { baseUrl, port: 0, ...settings })
  const running = await listen(services)
  const recorded = async () => {
    const rows = await services.database.db
      .selectFrom('gatelodge_audit')
      .select('client_address')
      .orderBy('id')
      .execute()
    return rows.map(({ client_address }) => client_address)
  }
  return { running, recorded, logged }
}

/** A program that serves at a path, once it does. */
async function program(unixSocket: string, more: Record<string, string> = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatelodge-data-'))
  const settings = { GATELODGE_UNIX_SOCKET: unixSocket, GATELODGE_BASE_URL: baseUrl, GATELODGE_DATA_DIR: dataDir }
  const started = start(['serve'], { ...settings, ...more })
  while (!/ready in|"started"/.test(started.out())) {
    if (started.child.exitCode !== null) return started
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return started
}

const healthcheck = (...flags: string[]) => finished(['healthcheck', ...flags])

describe('At a Unix socket', () => {
  it('the site answers those who may write to the file, which is there while it runs', async () => {
    const path = newPath()
    const { child, out, ended } = await program(path, { GATELODGE_UNIX_SOCKET_MODE: '600' })
    expect(out()).toMatch(`Socket    ${path}`)
    expect((await ask({ socketPath: path }, '/login')).status).toBe(200)
    expect([statSync(path).isSocket(), (statSync(path).mode & 0o777).toString(8)]).toEqual([true, '600'])
    expect(readdirSync(join(path, '..'))).toEqual(['site.sock'])
    const flags = ['--unix-socket', path, '--base-url', baseUrl]
    expect(await healthcheck(...flags)).toMatchObject({ code: 0, out: '200 ok\n' })
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(readdirSync(join(path, '..'))).toEqual([])
    expect(await healthcheck(...flags)).toMatchObject({ code: 1, out: `no answer from ${path}\n` })
  })

  it('a process that was killed is replaced; one that answers is not', async () => {
    const path = newPath()
    const first = await program(path)
    first.child.kill('SIGKILL')
    await first.ended
    expect(existsSync(path)).toBe(true)
    const second = await program(path)
    expect((statSync(path).mode & 0o777).toString(8)).toBe('660')
    const third = await program(path)
    expect([await third.ended, third.err()]).toEqual([1, expect.stringContaining(`already listens at ${path}.`)])
    expect((await ask({ socketPath: path }, '/health/ready')).body).toBe('ok\n')
    second.child.kill('SIGTERM')
    await second.ended
    expect(readdirSync(join(path, '..'))).toEqual([])
  })

  it('neither a file is overwritten nor a folder made', async () => {
    const path = newPath()
    writeFileSync(path, 'mine')
    const onFile = await program(path)
    expect([await onFile.ended, onFile.err()]).toEqual([1, expect.stringContaining('is there and is no socket')])
    expect(readFileSync(path, 'utf8')).toBe('mine')
    expect(readdirSync(join(path, '..'))).toEqual(['site.sock'])
    const inside = await program(join(path, '../not-there/site.sock'))
    expect([await inside.ended, inside.err()]).toEqual([1, expect.stringContaining('does not exist')])
  })

  it('of many that start together after a crash, one serves', async () => {
    const path = newPath()
    const dead = createServer()
    await listenAtPath(dead, path, 0o600)
    // Closed without removing it: as if killed.
    await new Promise((resolve) => dead.close(resolve))
    const servers = Array.from({ length: 8 }, () => createServer((_, answer) => answer.end('here')))
    const results = await Promise.allSettled(servers.map((server) => listenAtPath(server, path, 0o600)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await ask({ socketPath: path }, '/')).body).toBe('here')
    expect(readdirSync(join(path, '..'))).toEqual(['site.sock'])
    for (const server of servers.filter(({ listening }) => listening)) server.close()
  })

  it('one that stops removes its own file, and not that of its successor', async () => {
    const path = newPath()
    const old = await site({ unixSocket: path })
    rmSync(path)
    const successor = await site({ unixSocket: path })
    await old.running.stop()
    expect((await ask({ socketPath: path }, '/health/ready')).body).toBe('ok\n')
    await successor.running.stop()
    expect(existsSync(path)).toBe(false)
  })

  it('V4.1.3 V15.3.4 the proxy is believed where `unix` is trusted, from the right', async () => {
    const path = newPath()
    const { running, recorded, logged } = await site({ unixSocket: path, trustedProxies: networkList.parse('unix') })
    for (const header of ['203.0.113.9', '1.1.1.1, 203.0.113.10', '2001:db8::17'])
      await guess({ socketPath: path }, { 'x-forwarded-for': header })
    await guess({ socketPath: path })
    expect(await recorded()).toEqual(['203.0.113.9', '203.0.113.10', '2001:db8::17', ''])
    expect(logged.filter(({ msg }) => msg === 'proxy.not-trusted')).toEqual([])
    await running.stop()
  })

  it('V4.1.3 V15.3.4 nobody else is: not at the socket without it, and not by TCP with it', async () => {
    const path = newPath()
    const atSocket = await site({ unixSocket: path, trustedProxies: networkList.parse('127.0.0.1') })
    await guess({ socketPath: path }, { 'x-forwarded-for': '203.0.113.9' })
    const byTcp = await site({ trustedProxies: networkList.parse('unix') })
    await guess({ host: '127.0.0.1', port: byTcp.running.port }, { 'x-forwarded-for': '203.0.113.9' })
    expect([await atSocket.recorded(), await byTcp.recorded()]).toEqual([[''], ['127.0.0.1']])
    const warned = [atSocket, byTcp].map(({ logged }) => logged.find(({ msg }) => msg === 'proxy.not-trusted')?.peer)
    expect(warned).toEqual(['unix', '127.0.0.1'])
    await Promise.all([atSocket, byTcp].map(({ running }) => running.stop()))
  })

  it('V4.1.3 an app behind gets the address of the client, and none where nobody gave one', async () => {
    const app = createServer((asked, answer) => answer.end(String(asked.headers['x-forwarded-for'])))
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
    const upstream = `http://127.0.0.1:${(app.address() as { port: number }).port}`
    const [path, trustedProxies] = [newPath(), networkList.parse('unix')]
    const { running } = await site({ unixSocket: path, trustedProxies, upstream, public: ['/*'], logLevel: 'silent' })
    expect((await ask({ socketPath: path }, '/x', { 'x-forwarded-for': '203.0.113.9' })).body).toBe('203.0.113.9')
    expect((await ask({ socketPath: path }, '/x')).body).toBe('undefined')
    await running.stop()
    app.close()
  })
})

describe('At an IPv6 address', () => {
  it.each([
    ['::1', ['::1']],
    ['::', ['::1', '127.0.0.1']],
  ])('of %s the site answers at %j, knows the client, and is well by its own healthcheck', async (host, reached) => {
    const { running, recorded } = await site({ host })
    const { port } = running
    for (const one of reached) expect((await guess({ host: one, port })).status).toBe(401)
    expect(await recorded()).toEqual(reached)
    expect(await healthcheck('--host', host, '--port', String(port))).toMatchObject({ code: 0, out: '200 ok\n' })
    await running.stop()
  })

  it('a port that is taken is named as in a URL', async () => {
    const port = await freePort()
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(port, '::1', resolve))
    const { code, err } = await finished(['serve', '--host', '[::1]', '--port', String(port)])
    expect([code, err]).toEqual([1, expect.stringContaining(`already listens on [::1]:${port}.`)])
    other.close()
    expect(await healthcheck('--host', '[::1]', '--port', String(port))).toMatchObject({
      code: 1,
      out: `no answer from http://[::1]:${port}/health/ready\n`,
    })
  })
})
