// The example for Next as its README starts it: fetched, compiled by Next itself, and walked through.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { minutes } from '../../../src/time.ts'
import { freePort } from '../../support/mysql-server.ts'
import { untilAnswers } from '../../support/until-answers.ts'
import { Visitor } from '../../support/visitor.ts'

const start = fileURLToPath(new URL('../../../../../scripts/example.mjs', import.meta.url))

// Some 370 MB come from the registry where they are not there yet.
it('The example for next leads to login, back to its page, and out', { timeout: minutes(5) }, async () => {
  const port = String(await freePort())
  const site = `http://localhost:${port}`
  const dataDir = mkdtempSync(join(tmpdir(), 'gatelodge-next-'))
  // With all that npm needs to reach its registry, and nothing of the suite's own.
  const { NODE_ENV: _, ...inherited } = process.env
  const env = { ...inherited, PORT: port, GATELODGE_DATA_DIR: dataDir, GATELODGE_BASE_URL: site }
  // In a group of its own: Next works in processes of its own, which must go with it.
  const child = spawn(process.execPath, [start, 'next'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  })
  try {
    await untilAnswers(`${site}/health/ready`)
    const browser = new Visitor((request) => fetch(request, { redirect: 'manual' }), site)
    const page = () => browser.send('GET', '/notes', undefined, { accept: 'text/html' })
    // From proxy.js. Next takes whole addresses only, and shortens those of its own host.
    const first = await page()
    expect([first.status, first.headers.get('location')]).toEqual([303, '/login?return_to=%2Fnotes'])
    expect((await browser.json('GET', '/api/notes')).status).toBe(401)

    await browser.register({ name: 'Grace Hopper' })
    expect(await (await page()).text()).toContain('Notes of <!-- -->Grace Hopper')
    expect(await browser.json('GET', '/api/notes')).toMatchObject({ status: 200, body: { of: 'Grace Hopper' } })

    await browser.logOut()
    expect((await page()).status).toBe(303)
  } finally {
    const gone = once(child, 'exit')
    process.kill(-(child.pid as number), 'SIGKILL')
    await gone
  }
})
