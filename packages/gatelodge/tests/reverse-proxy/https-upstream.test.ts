// An app behind that speaks https, with a certificate of an issuer of one's own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort } from '../support/mysql-server.ts'
import { untilAnswers } from '../support/until-answers.ts'

const file = (name: string) => fileURLToPath(new URL(`../support/certificates/${name}`, import.meta.url))
const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

const keys = { key: readFileSync(file('server.key')), cert: readFileSync(file('server.pem')) }
const behind = createServer(keys, async (asked, answer) => {
  for await (const piece of asked) answer.write(piece)
  answer.end(` for ${asked.url}`)
})
beforeAll(async () => {
  behind.listen(0)
  await once(behind, 'listening')
})
afterAll(() => void behind.close())

it.each<[string, object, string, number]>([
  ['is reached, with a body and without', { NODE_EXTRA_CA_CERTS: file('ca.pem') }, 'sent for /notes', 200],
  ['V12.3.2 V12.3.4 is not, where nobody knows its issuer', {}, '', 502],
])('An app behind that speaks https %s', async (_, issuer, body, status) => {
  const port = String(await freePort())
  const upstream = `https://localhost:${(behind.address() as AddressInfo).port}`
  const child = spawn(process.execPath, [main, 'serve', '--upstream', upstream, '--public', '/*'], {
    cwd: mkdtempSync(join(tmpdir(), 'gatelodge-https-')),
    env: { PATH: process.env.PATH, PORT: port, ...issuer },
    stdio: 'ignore',
  })
  const site = `http://localhost:${port}`
  await untilAnswers(`${site}/health/ready`)
  const answers = [await fetch(`${site}/notes`), await fetch(`${site}/notes`, { method: 'POST', body: 'sent' })]
  expect(answers.map((answer) => answer.status)).toEqual([status, status])
  if (body) expect(await answers[1]?.text()).toBe(body)
  const ended = once(child, 'exit')
  child.kill()
  await ended
})
