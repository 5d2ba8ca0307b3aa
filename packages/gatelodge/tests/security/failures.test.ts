// Chapter V16: what is kept out, and what goes wrong, is noticed and logged.
import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { onEachDatabase } from '../support/databases.ts'
import { document } from '../support/documents.ts'
import { useApp } from '../support/make-app.ts'
import { freePort } from '../support/mysql-server.ts'
import { someone } from '../support/visitor.ts'

onEachDatabase('The log', (database) => {
  const app = useApp(database)
  const events = (from: number) =>
    app()
      .logged.slice(from)
      .map(({ msg }) => msg)

  it.each([
    ['GET', '/account'],
    ['GET', '/account/password'],
    ['POST', '/account/password'],
  ])('V16.3.2 says once that a visitor was refused at %s %s', async (method, path) => {
    const browser = app().visitor()
    await browser.open('/login')
    const before = app().logged.length
    if (method === 'GET') await browser.send('GET', path)
    else await browser.submitOnly({}, path)
    expect(events(before)).toEqual(['access.refused', 'request'])
    expect(app().logged.at(before)).toMatchObject({ reason: 'not-logged-in', route: path })
  })

  it('V16.3.2 reports a form that was refused, and an address where nothing is', async () => {
    const before = app().logged.length
    await app().visitor().send('POST', '/login', 'a=b', {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://evil.test',
    })
    await app().visitor().send('GET', '/no-such-page')
    expect(events(before).filter((event) => event !== 'request')).toEqual(['same-site.refused'])
    expect(app().logged.at(-1)).toMatchObject({ status: 404, route: '-' })
  })

  it('V16.3.4 reports an unexpected error and a database that is away, without what was typed', async () => {
    const { db, dialect } = app().services.database
    const ada = someone()
    const before = app().logged.length
    await db.schema.alterTable('gatelodge_passwords').renameTo('gatelodge_elsewhere').execute()
    await app().visitor().json('POST', '/api/v1/login', ada)
    await db.schema.alterTable('gatelodge_elsewhere').renameTo('gatelodge_passwords').execute()
    expect(events(before)).toContain('request.failed')
    const faultOf = dialect.faultOf
    dialect.faultOf = () => 'lost'
    await db.schema.alterTable('gatelodge_passwords').renameTo('gatelodge_elsewhere').execute()
    await app().visitor().json('POST', '/api/v1/login', ada)
    await db.schema.alterTable('gatelodge_elsewhere').renameTo('gatelodge_passwords').execute()
    dialect.faultOf = faultOf
    expect(events(before)).toContain('database.unavailable')
    expect(JSON.stringify(app().logged.slice(before))).not.toMatch(new RegExp(`${ada.email}|${ada.password}`))
  })

  it('V16.5.4 V16.5.3 reports whatever a route throws, and the next request is served', async () => {
    const { sessions } = app().services
    const browser = app().visitor()
    await browser.register()
    const resume = sessions.resume
    for (const path of ['/', '/login', '/register', '/logout', '/account', '/account/password']) {
      sessions.resume = () => Promise.reject(new Error('canary in the code'))
      const answer = await browser.send('GET', path)
      expect(answer.status, path).toBe(500)
      expect(await answer.text()).not.toContain('canary')
      sessions.resume = resume
      expect((await browser.send('GET', '/account')).status).toBe(200)
    }
    expect(app().logged.filter(({ msg }) => msg === 'request.failed').length).toBeGreaterThanOrEqual(6)
  })
})

describe('The process', () => {
  it('V16.5.4 that meets an error outside any request logs it, ends, and is started again by the service', async () => {
    const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
    const late =
      'data:text/javascript,setInterval(() => { if (process.listenerCount("uncaughtExceptionMonitor") > 0) throw new Error("canary in a timer") }, 50)'
    const child = spawn(process.execPath, ['--import', late, main, 'serve'], {
      cwd: mkdtempSync(join(tmpdir(), 'gatelodge-crash-')),
      env: { PATH: process.env.PATH, PORT: String(await freePort()) },
    })
    let out = ''
    child.stdout.on('data', (bytes) => {
      out += bytes
    })
    const code = await new Promise((resolve) => child.once('close', resolve))
    expect(code).not.toBe(0)
    expect(out).toMatch(/"level":"error".*canary in a timer.*"msg":"process.failed"/)
    expect(document('packaging/systemd/gatelodge.service')).toContain('Restart=on-failure')
  })
})

onEachDatabase('While passwords are hashed', (database) => {
  const app = useApp(database, { hashMemory: 64 * 1024 ** 2, hashPasses: 3, hashParallel: 1 })

  it('V15.4.4 pages of those who are logged in do not wait for them', async () => {
    const browser = app().visitor()
    await browser.register()
    let waiting = 12
    const logIns = Array.from({ length: waiting }, async (_, number) => {
      await app()
        .visitor()
        .json('POST', '/api/v1/login', { email: `nobody-${number}@example.org`, password: 'a wrong one' })
      waiting -= 1
    })
    for (let page = 0; page < 5; page += 1) expect((await browser.send('GET', '/account')).status).toBe(200)
    expect(waiting).toBeGreaterThan(6)
    await Promise.all(logIns)
  })
})
