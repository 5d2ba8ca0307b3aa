// The page for frameworks behind us: its code runs as it stands there, with an app of each behind a real Gatelodge.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { document } from '../../support/documents.ts'
import { haveFlask } from '../../support/flask.ts'
import { freePort } from '../../support/mysql-server.ts'
import { untilAnswers } from '../../support/until-answers.ts'
import { Visitor } from '../../support/visitor.ts'

const root = fileURLToPath(new URL('../../../../../', import.meta.url))
const product = join(root, 'packages/gatelodge/dist/cli/main.js')

function block(kind: string): string {
  const [, text = ''] = document('docs/integrating/frameworks.md').split(`\n\`\`\`${kind}\n`)
  return text.split('\n```\n')[0] ?? ''
}

const folder = mkdtempSync(join(tmpdir(), 'gatelodge-frameworks-'))
const started: ChildProcess[] = []

function start(program: string, words: string[], more: Record<string, string> = {}): void {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, GATELODGE_LOG_LEVEL: 'silent', ...more }
  started.push(spawn(program, words, { cwd: folder, env: env as NodeJS.ProcessEnv, stdio: 'ignore' }))
}

function startGatelodge(port: number, words: string[]): Promise<void> {
  const cheap = ['--hash-memory', '7MiB', '--hash-passes', '1', '--data-dir', join(folder, String(port))]
  start(process.execPath, [product, 'serve', '--port', String(port), ...cheap, ...words])
  const below = words.includes('--base-path') ? '/auth' : ''
  return untilAnswers(`http://localhost:${port}${below}/health/ready`)
}

beforeAll(() => symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules')))
afterAll(async () => {
  for (const child of started) {
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  rmSync(folder, { recursive: true, force: true })
})

/** A browser at https://acme.example, whose proxy is on this machine and tells where the caller sits. */
const browserAt = (port: number) =>
  new Visitor(async (asked) => {
    const { pathname, search } = new URL(asked.url)
    const headers = { ...Object.fromEntries(asked.headers), 'x-forwarded-for': '203.0.113.7' }
    const body = asked.method === 'POST' ? { body: await asked.text() } : {}
    const init = { method: asked.method, headers, redirect: 'manual', ...body } as const
    return fetch(`http://127.0.0.1:${port}${pathname}${search}`, init)
  }, 'https://acme.example')

describe('An app behind us knows its own address and the caller', () => {
  it.each(['Flask', 'Express'])('%s', async (name) => {
    const [port, appPort] = [await freePort(), await freePort()]
    if (name === 'Flask') {
      haveFlask()
      writeFileSync(join(folder, 'app.py'), `${block('python')}\n\napp.run(host="127.0.0.1", port=${appPort})\n`)
      start('python3', ['app.py'])
    } else {
      writeFileSync(join(folder, 'app.mjs'), `${block('js express')}\napp.listen(${appPort}, '127.0.0.1')\n`)
      start(process.execPath, ['app.mjs'])
    }
    const site = ['--base-url', 'https://acme.example', '--trusted-proxies', '127.0.0.1']
    await startGatelodge(port, ['--upstream', `http://127.0.0.1:${appPort}`, ...site])
    await untilAnswers(`http://127.0.0.1:${appPort}/nothing`, 404)
    const browser = browserAt(port)
    const login = await browser.send('GET', '/where', undefined, { accept: 'text/html', 'sec-fetch-mode': 'navigate' })
    expect(login.headers.get('location')).toBe('/login?return_to=%2Fwhere')
    await browser.open('/register?return_to=/where')
    await browser.submit({ name: 'Ada', email: 'ada@example.org', password: 'violet tram lamp' })
    const { url, client, user } = JSON.parse(browser.page.html)
    expect([url, client]).toEqual(['https://acme.example/where', '203.0.113.7'])
    expect(user).toMatch(/^[\da-f]{8}-[\da-f-]{27}$/)

    // A form of the app lacks the token; the page behind the link has it.
    expect((await browser.send('POST', '/logout', new URLSearchParams())).status).toBe(403)
    await browser.open('/logout')
    expect((await browser.submit({}, '/logout')).path).toBe('/login')
  })
})

describe('An app of one page', () => {
  it('asks through Vite who it is, and logs out', async () => {
    const [port, vitePort] = [await freePort(), await freePort()]
    writeFileSync(join(folder, 'vite.config.js'), block('js vite').replace('3000', String(port)))
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>App</title>')
    const vite = join(root, 'node_modules/vite/bin/vite.js')
    start(process.execPath, [vite, '--port', String(vitePort), '--strictPort', '--host', '127.0.0.1'])
    const site = `http://localhost:${vitePort}`
    await startGatelodge(port, ['--base-path', '/auth', '--base-url', site])
    await untilAnswers(`http://127.0.0.1:${vitePort}/auth/health/ready`)

    const browser = new Visitor(async (asked) => {
      const { pathname, search } = new URL(asked.url)
      const body = asked.method === 'POST' ? { body: await asked.text() } : {}
      const init = { method: asked.method, headers: asked.headers, redirect: 'manual', ...body } as const
      return fetch(`http://127.0.0.1:${vitePort}${pathname}${search}`, init)
    }, site)
    await browser.open('/auth/register')
    const page = await browser.submit({ name: 'Ada', email: 'ada@example.org', password: 'violet tram lamp' })
    expect(page.path).toBe('/auth/account')
    expect((await browser.open('/')).title).toBe('App')

    const said = await runPage(
      `http://127.0.0.1:${vitePort}`,
      site,
      [...browser.cookies].map((pair) => pair.join('=')),
    )
    expect(said).toEqual(['Ada', '/auth/login', '/auth/login?return_to=%2Fbooks%3Fpage%3D2%23part', null])
  })
})

/** The block as a browser would run it: relative addresses, the cookie, the headers that no script can write. */
async function runPage(address: string, site: string, cookies: string[]): Promise<unknown[]> {
  writeFileSync(join(folder, 'page.mjs'), block('js page'))
  const program = `
    const real = fetch
    const own = { cookie: ${JSON.stringify(cookies.join('; '))}, origin: '${site}', 'sec-fetch-site': 'same-origin' }
    globalThis.fetch = (path, init = {}) => real('${address}' + path, { ...init, headers: { ...own, ...init.headers } })
    const went = []
    globalThis.location = { pathname: '/books', search: '?page=2', hash: '#part', assign: (to) => went.push(to) }
    const { currentAccount, logOut } = await import('./page.mjs')
    const account = await currentAccount()
    await logOut()
    const after = await currentAccount()
    console.log(JSON.stringify([account.name, ...went, after ?? null]))`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { cwd: folder })
  const [out] = await Promise.all([child.stdout.toArray(), once(child, 'exit')])
  return JSON.parse(Buffer.concat(out).toString())
}
