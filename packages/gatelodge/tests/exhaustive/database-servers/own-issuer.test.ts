// Chapter V12: a database whose certificate comes from an issuer of one's own is trusted where that issuer is named.
import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ask } from '../../support/databases.ts'
import { freePort, type PrivateServer, startServer } from '../../support/mysql-server.ts'
import { untilAnswers } from '../../support/until-answers.ts'

const file = (name: string) => fileURLToPath(new URL(`../../support/certificates/${name}`, import.meta.url))
const main = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url))

let server: PrivateServer
beforeAll(async () => {
  server = await startServer([
    `--ssl-ca=${file('ca.pem')}`,
    `--ssl-cert=${file('server.pem')}`,
    `--ssl-key=${file('server.key')}`,
  ])
  await ask(server.url, 'create database gatelodge')
})
afterAll(() => server?.stop())

async function start(issuer: Record<string, string>) {
  const port = String(await freePort())
  const child = spawn(process.execPath, [main, 'serve'], {
    cwd: mkdtempSync(join(tmpdir(), 'gatelodge-issuer-')),
    env: { PATH: process.env.PATH, PORT: port, DATABASE_URL: `${server.url}/gatelodge?tls=required`, ...issuer },
  })
  let err = ''
  child.stderr.on('data', (bytes) => {
    err += bytes
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { child, ended, err: () => err, ready: `http://localhost:${port}/health/ready` }
}

it('V12.3.4 V12.3.2 a certificate is accepted from the issuer that was named, and refused from any other', async () => {
  const trusting = await start({ NODE_EXTRA_CA_CERTS: file('ca.pem') })
  await untilAnswers(trusting.ready)
  const rows = await ask(
    server.url,
    "select count(*) as tables from information_schema.tables where table_schema = 'gatelodge'",
  )
  expect(Number(rows[0]?.tables)).toBeGreaterThan(3)
  trusting.child.kill('SIGKILL')
  const wary = await start({})
  expect(await wary.ended).toBe(1)
  expect(wary.err()).toMatch(/NODE_EXTRA_CA_CERTS/)
})
