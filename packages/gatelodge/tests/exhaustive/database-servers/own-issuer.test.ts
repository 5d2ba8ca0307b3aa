// Chapter V12: a database whose certificate comes from an issuer of one's own is trusted where that issuer is named.
import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
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

async function start(issuer: Record<string, string>, url = server.url) {
  const port = String(await freePort())
  const child = spawn(process.execPath, [main, 'serve'], {
    cwd: mkdtempSync(join(tmpdir(), 'gatelodge-issuer-')),
    env: { PATH: process.env.PATH, PORT: port, DATABASE_URL: `${url}/gatelodge?tls=required`, ...issuer },
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

it('V12.3.4 V12.3.2 the certificate has to be that of the host, also where the host is an address', async () => {
  // The certificate is for localhost and 127.0.0.1.
  const { port } = new URL(server.url)
  const elsewhere = createServer((client) => {
    const there = connect(Number(port), '127.0.0.1')
    for (const socket of [client, there]) socket.on('error', () => client.destroy())
    client.pipe(there).pipe(client)
  })
  await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.2', listening))
  const { port: other } = elsewhere.address() as AddressInfo
  const wary = await start({ NODE_EXTRA_CA_CERTS: file('ca.pem') }, `mysql://root@127.0.0.2:${other}`)
  expect(await wary.ended).toBe(1)
  expect(wary.err()).toMatch(/127\.0\.0\.2 is not in the cert's list/)
  elsewhere.close()
})
