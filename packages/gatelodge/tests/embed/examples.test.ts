// The examples for apps in Node, started as their README says, and walked through.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { freePort } from '../support/mysql-server.ts'
import { untilAnswers } from '../support/until-answers.ts'
import { Visitor } from '../support/visitor.ts'

const start = fileURLToPath(new URL('../../../../scripts/example.mjs', import.meta.url))

describe.concurrent('The example for', () => {
  it.each(['express', 'fastify', 'hono'])('%s leads to login, back to its page, and out', async (name) => {
    const port = String(await freePort())
    const site = `http://localhost:${port}`
    const dataDir = mkdtempSync(join(tmpdir(), 'gatelodge-example-'))
    const env = { PATH: process.env.PATH, PORT: port, GATELODGE_DATA_DIR: dataDir }
    const child = spawn(process.execPath, [start, name], { env, stdio: ['ignore', 'ignore', 'inherit'] })
    try {
      await untilAnswers(`${site}/health/ready`)
      const browser = new Visitor((request) => fetch(request, { redirect: 'manual' }), site)
      const page = () => browser.send('GET', '/notes', undefined, { accept: 'text/html' })
      expect((await page()).headers.get('location')).toBe(`${site}/login?return_to=%2Fnotes`)

      await browser.register({ name: 'Grace Hopper' })
      expect(await (await page()).text()).toBe('Notes of Grace Hopper. Log out at /logout.')

      await browser.logOut()
      expect((await page()).status).toBe(303)
    } finally {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    }
  })
})
