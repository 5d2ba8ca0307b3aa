// The examples with nginx and Caddy, as their READMEs start them: one command, and someone who walks through.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { have, runs } from '../../support/debian.ts'
import { freePort } from '../../support/mysql-server.ts'
import { untilAnswers } from '../../support/until-answers.ts'
import { overTheWire } from '../../support/upstream-site.ts'
import { ledOn, someone, textOf, Visitor } from '../../support/visitor.ts'

const example = fileURLToPath(new URL('../../../../../scripts/example.mjs', import.meta.url))

/** @returns where it stands, once its hooks have run. */
function started(name: string, packages: string[], programs: string[]): () => string {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatelodge-example-'))
  let site: string
  let all: ChildProcess
  beforeAll(async () => {
    have(packages, () => programs.every((program) => runs(program, program === 'caddy' ? 'version' : '-v')))
    const [port, own, app] = [await freePort(), await freePort(), await freePort()]
    site = `http://localhost:${port}`
    const env = { ...process.env, PORT: `${port}`, GATELODGE_PORT: `${own}`, APP_PORT: `${app}` }
    all = spawn(process.execPath, [example, name, '--data-dir', dataDir], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    await untilAnswers(`http://localhost:${own}/health/ready`)
    await untilAnswers(`${site}/`, 401)
  })
  afterAll(async () => {
    const ended = once(all, 'exit')
    all.kill('SIGTERM')
    await ended
    rmSync(dataDir, { recursive: true, force: true })
  })
  return () => site
}

async function registered(site: string, path: string): Promise<{ visitor: Visitor; person: Record<string, string> }> {
  const visitor = new Visitor(overTheWire, site)
  const first = await visitor.send('GET', path)
  expect(first.headers.get('location')).toBe(
    `${site}/login${path === '/' ? '' : `?return_to=${encodeURIComponent(path)}`}`,
  )
  await visitor.open(`/register?return_to=${encodeURIComponent(path)}`)
  const person = someone({ name: 'Zoë <Ærø>' })
  const answer = await visitor.submitOnly(person)
  const to = path === '/' ? answer.headers.get('location') : await ledOn(visitor, answer)
  expect(to).toBe(path === '/' ? '/account' : path)
  return { visitor, person }
}

async function leave(visitor: Visitor, site: string): Promise<void> {
  await visitor.open('/logout')
  await visitor.submit({}, '/logout')
  expect((await visitor.send('GET', '/')).headers.get('location')).toBe(`${site}/login`)
}

describe('The example php-behind-nginx', () => {
  const site = started('php-behind-nginx', ['nginx', 'php-cgi'], ['nginx', 'php-cgi'])

  it('leads to registration, shows the app’s own page, and logs out', async () => {
    const { visitor, person } = await registered(site(), '/books?day=2')
    const page = await visitor.open('/books?day=2')
    expect([page.status, page.title, page.heading]).toEqual([200, 'Success', 'Hello, Zoë <Ærø>!'])
    expect(page.html).toContain(person.email)
    expect(page.html).toContain('You asked for /books?day=2.')
    expect(page.html).toMatch(/<code>[\da-f]{8}-[\da-f-]{27}<\/code>/)
    await leave(visitor, site())
  })

  it('V4.1.3 believes no header from outside, in any spelling', async () => {
    const { visitor } = await registered(site(), '/books')
    const forged = { 'remote-user': 'root', Remote_Name: 'root', 'REMOTE-EMAIL': 'root', 'http-remote-user': 'root' }
    const answer = await visitor.send('GET', '/', undefined, forged)
    expect(answer.status).toBe(200)
    expect(await answer.text()).not.toContain('root')
    const nobody = await new Visitor(overTheWire, site()).send('GET', '/', undefined, { ...forged, accept: '*/*' })
    expect(nobody.status).toBe(401)
  })
})

describe('The example static-site', () => {
  const site = started('static-site', ['nginx'], ['nginx'])

  it('shows no file to a visitor, leads to the one that was wanted, and logs out', async () => {
    const stranger = new Visitor(overTheWire, site())
    for (const path of ['/style.css', '/travel/index.html', '/not-there'])
      expect((await stranger.send('GET', path, undefined, { accept: '*/*' })).status, path).toBe(401)
    const { visitor } = await registered(site(), '/travel/')
    const page = await visitor.open('/travel/')
    expect([page.status, page.heading, page.headers.get('cache-control')]).toEqual([200, 'Travel', 'private, no-cache'])
    expect((await visitor.open('/')).heading).toBe('Our handbook')
    const style = await visitor.send('GET', '/style.css')
    expect([style.status, style.headers.get('content-type')]).toEqual([200, 'text/css'])
    expect((await visitor.send('GET', '/not-there')).status).toBe(404)
    await leave(visitor, site())
  })
})

describe('The example caddy', () => {
  const site = started('caddy', ['caddy'], ['caddy'])

  it('leads to registration, shows the app’s own page, and logs out', async () => {
    const { visitor, person } = await registered(site(), '/books?day=2')
    const page = await visitor.open('/books?day=2')
    expect([page.status, page.title, textOf(page.html)]).toEqual([
      200,
      'Success',
      expect.stringContaining(person.email ?? ''),
    ])
    expect(page.html).toContain('Hello, Zoë &#60;Ærø&#62;!')
    await leave(visitor, site())
  })
})
