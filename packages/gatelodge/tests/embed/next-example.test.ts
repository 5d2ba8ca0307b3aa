// The routes of the example for Next, called as Next calls them (next-routes.ts), for what a walk through Next does not show.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Visitor } from '../support/visitor.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

describe('The example for next', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatelodge-next-'))
  let child: ChildProcess
  let site: string

  beforeAll(async () => {
    // Elsewhere, so that what the example has fetched for itself is not looked at: the package is the one built here.
    const own = (path: string) => !/node_modules|\.next|start$/.test(path.slice(root.length))
    cpSync(join(root, 'examples/next'), folder, { recursive: true, filter: own })
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    const program = join(import.meta.dirname, 'next-routes.ts')
    const settings = { GATELODGE_DATA_DIR: join(folder, 'data'), GATELODGE_BASE_URL: 'http://localhost:3000' }
    const env = { PATH: process.env.PATH, GATELODGE_LOG_LEVEL: 'silent', ...settings }
    child = spawn(process.execPath, [program, folder], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    const [port] = await once(child.stdout as NonNullable<ChildProcess['stdout']>, 'data')
    site = `http://localhost:${String(port).trim()}`
  })
  afterAll(async () => {
    const ended = once(child, 'exit')
    child.kill()
    await ended
    rmSync(folder, { recursive: true, force: true })
  })

  /** People reach the app at its base URL; here it listens on a port that was free. */
  const browser = () =>
    new Visitor(async (asked) => {
      const { pathname, search } = new URL(asked.url)
      const body = ['GET', 'HEAD'].includes(asked.method) ? null : await asked.text()
      const headers = { ...Object.fromEntries(asked.headers), 'accept-encoding': 'gzip' }
      return fetch(site + pathname + search, { method: asked.method, headers, body, redirect: 'manual' })
    }, 'http://localhost:3000')

  it('leads to login, back to its own route, and out', async () => {
    const visitor = browser()
    const notes = () => visitor.send('GET', '/api/notes', undefined, { accept: 'text/html' })
    expect((await notes()).headers.get('location')).toBe('http://localhost:3000/login?return_to=%2Fapi%2Fnotes')
    expect((await visitor.json('GET', '/api/notes')).body).toMatchObject({ code: 'login-required' })
    await visitor.register({ name: 'Grace Hopper' })
    expect(await (await notes()).json()).toEqual({ of: 'Grace Hopper', notes: [] })
    await visitor.logOut()
    expect((await notes()).status).toBe(303)
    expect((await visitor.send('GET', '/nothing')).status).toBe(404)
  })

  it('guards pages in its proxy, with a redirect to a whole address as Next demands', async () => {
    const visitor = browser()
    const page = () => visitor.send('GET', '/notes?page=2', undefined, { accept: 'text/html' })
    const refused = await page()
    const login = 'http://localhost:3000/login?return_to=%2Fnotes%3Fpage%3D2'
    expect([refused.status, refused.headers.get('location')]).toEqual([303, login])
    await visitor.register()
    expect(await (await page()).text()).toBe('the page behind')
  })

  it('takes a body of unknown length, and none that is too long', async () => {
    const send = (name: string) => {
      const person = { name, email: 'ada@example.org', password: 'violet tram lamp' }
      const body = new Blob([JSON.stringify(person)]).stream()
      const headers = { accept: 'application/json', 'content-type': 'application/json' }
      return fetch(`${site}/api/v1/register`, { method: 'POST', headers, body, duplex: 'half' })
    }
    expect((await send('A'.repeat(100_000))).status).toBe(413)
    expect((await send('Ada')).status).toBe(201)
  })
})
