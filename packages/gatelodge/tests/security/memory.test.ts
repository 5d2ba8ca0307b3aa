// Chapter V11: what people typed is forgotten once it was used. Looked for in everything that the running program holds.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import type { EmailKind } from '../../src/email/template.ts'
import { createSealing } from '../../src/identity/sealing.ts'
import { freePort } from '../support/mysql-server.ts'
import { untilAnswers } from '../support/until-answers.ts'

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'gatelodge-memory-'))
let stop = () => {}
afterAll(() => stop())

it('V11.7.2 passwords and tokens are nowhere in memory once the requests that brought them were answered', async () => {
  const port = String(await freePort())
  const child = spawn(process.execPath, ['--heapsnapshot-signal=SIGUSR2', main, 'serve'], {
    cwd: folder,
    env: { PATH: process.env.PATH, PORT: port },
    stdio: 'ignore',
  })
  stop = () => child.kill('SIGKILL')
  const site = `http://localhost:${port}`
  await untilAnswers(`${site}/health/ready`)
  const post = (path: string, fields: object) =>
    fetch(`${site}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fields),
    })
  const person = { name: 'Ada', email: 'ada-in-memory@example.org', password: 'canary-of-the-password' }
  const registered = await post('/register', person)
  const token = /gatelodge-\d+=([\w-]{43})/.exec(registered.headers.getSetCookie().join())?.[1] ?? 'none'
  expect((await post('/login', person)).status).toBe(200)
  expect((await post('/login', { ...person, password: 'canary-of-a-wrong-one' })).status).toBe(401)
  expect(
    (await fetch(`${site}/account`, { headers: { cookie: `gatelodge-${port}=${token}` }, redirect: 'manual' })).status,
  ).toBe(200)
  expect((await post('/forgot-password', person)).status).toBe(202)
  const link = tokenInEmail('reset-password')
  await fetch(`${site}/reset-password/${link}`, { redirect: 'manual' })
  const reset = { token: link, new_password: 'canary-of-the-new-one' }
  expect((await post('/reset-password', reset)).status).toBe(204)
  // Connections that people have left are closed; others come, and take the place of what was kept for the last one.
  // The router keeps the last address of each route likewise, until the next.
  for (let visitorState = 0; visitorState < 20; visitorState += 1) {
    for (const path of ['/login', '/reset-password/no-token'])
      await (await fetch(site + path, { headers: { connection: 'close' }, redirect: 'manual' })).text()
  }
  child.kill('SIGUSR2')
  const memory = await snapshot()
  expect(memory).toContain('passwords.')
  for (const canary of ['canary-of-the-password', 'canary-of-a-wrong-one', 'canary-of-the-new-one', token, link])
    expect(memory.includes(canary), canary).toBe(false)
})

/** Written in one go; it is whole when it ends as it should. */
async function snapshot(): Promise<string> {
  for (;;) {
    const [name] = readdirSync(folder).filter((one) => one.endsWith('.heapsnapshot'))
    const text = name ? readFileSync(join(folder, name), 'utf8') : ''
    if (text.trimEnd().endsWith('}')) return text
    await pause(100)
  }
}

/** Read past the running program, which shows emails to anyone who opens its mailbox: that would bring it to its memory again. */
function tokenInEmail(kind: EmailKind): string {
  const data = join(folder, 'data')
  const database = new DatabaseSync(join(data, 'gatelodge.sqlite'), { readOnly: true })
  const row = database.prepare('select sealed from gatelodge_emails where kind = ?').get(kind)
  database.close()
  const sealing = createSealing([readFileSync(join(data, 'secret'), 'utf8').trim()])
  return JSON.parse(sealing.open('email', String(row?.sealed)) ?? '{}').link.token
}
