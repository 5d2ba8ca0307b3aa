// The example as its README starts it: one command, Gatelodge and Flask, and someone who walks through.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { haveFlask } from '../../support/flask.ts'
import { freePort } from '../../support/mysql-server.ts'
import { untilAnswers } from '../../support/until-answers.ts'
import { overTheWire } from '../../support/upstream-site.ts'
import { someone, Visitor } from '../../support/visitor.ts'

const start = fileURLToPath(new URL('../../../../../examples/flask-behind-gatelodge/start', import.meta.url))

describe('The example flask-behind-gatelodge', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatelodge-flask-'))
  let baseUrl: string
  let both: ChildProcess

  beforeAll(async () => {
    haveFlask()
    const [port, appPort] = [await freePort(), await freePort()]
    baseUrl = `http://localhost:${port}`
    const env = { ...process.env, APP_PORT: String(appPort) }
    both = spawn(start, ['--port', String(port), '--data-dir', dataDir], { env, stdio: 'ignore' })
    await untilAnswers(`${baseUrl}/health/ready`)
    await untilAnswers(`http://127.0.0.1:${appPort}/static/nothing`, 404)
  })

  afterAll(async () => {
    const ended = once(both, 'exit')
    both.kill('SIGTERM')
    await ended
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('leads to registration, shows the app’s own success page, and logs out', async () => {
    const visitor = new Visitor(overTheWire, baseUrl)
    expect((await visitor.open('/')).path).toBe('/login')
    await visitor.open('/register')
    const person = someone({ name: 'Zoë Ærø' })
    const success = await visitor.submit(person)
    expect([success.path, success.title, success.heading]).toEqual(['/', 'Success', 'Hello, Zoë Ærø!'])
    expect(success.html).toContain(person.email)
    expect(success.html).toMatch(/<code>[\da-f]{8}-[\da-f-]{27}<\/code>/)
    await visitor.open('/logout')
    await visitor.submit({}, '/logout')
    expect((await visitor.open('/')).path).toBe('/login')
  })
})
