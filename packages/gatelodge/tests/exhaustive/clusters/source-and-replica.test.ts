// A source and its replica, the replica named first: the source takes the writes, until an operator switches the two.
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '../../../src/time.ts'
import { ask } from '../../support/databases.ts'
import { makeApp, type TestApp } from '../../support/make-app.ts'
import { type PrivateServer, startServer } from '../../support/mysql-server.ts'
import { nothingIsHalf } from '../../support/nothing-is-half.ts'
import { someone } from '../../support/visitor.ts'

let replica: PrivateServer
let source: PrivateServer
let app: TestApp

const hostOf = ({ url }: PrivateServer) => new URL(url).host
const register = async () => (await app.visitor().json('POST', '/api/v1/register', someone())).status
const writer = () => app.services.database.hosts?.().find(({ role }) => role === 'writer')?.host

beforeAll(async () => {
  const options = (id: number) => [`--server-id=${id}`, '--log-bin=changes', '--binlog-format=ROW']
  ;[replica, source] = await Promise.all([startServer(options(1)), startServer(options(2))])
  await follow(replica, source)
  // As a site has one: it may not write where the server is read-only.
  await ask(source.url, "create user site@'%' identified by 'site'")
  await ask(source.url, 'create database gatelodge')
  await ask(source.url, "grant all on gatelodge.* to site@'%'")
  await caughtUp()
  app = await makeApp({ url: urlOf(replica, source) }, {}, { clock: systemClock })
})
afterAll(async () => {
  await app?.close()
  await replica?.stop()
  await source?.stop()
})

const urlOf = (...servers: PrivateServer[]) => `mysql://site:site@${servers.map(hostOf).join()}/gatelodge`

async function follow(one: PrivateServer, other: PrivateServer): Promise<void> {
  const { port } = new URL(other.url)
  const [position] = await ask(other.url, 'select @@gtid_current_pos as at')
  await ask(one.url, `set global gtid_slave_pos = '${position?.at}'`)
  await ask(
    one.url,
    `change master to master_host = '127.0.0.1', master_port = ${port}, master_user = 'root', master_use_gtid = slave_pos`,
  )
  await ask(one.url, 'start slave')
  await ask(one.url, 'set global read_only = 1')
}

async function caughtUp(): Promise<void> {
  const [{ at } = {}] = await ask(source.url, 'select @@gtid_binlog_pos as at')
  await ask(replica.url, `select master_gtid_wait('${at}')`)
}

it('V16.5.2 the source takes the writes, though the replica is named first', async () => {
  expect(await register()).toBe(201)
  expect(writer()).toBe(hostOf(source))
})

it('V2.3.3 V16.5.2 a planned switch: no write is lost, and nobody has to start the product again', async () => {
  let goesOn = true
  const statuses: number[] = []
  const people = Array.from({ length: 4 }, async () => {
    while (goesOn) {
      statuses.push(await register())
      await pause(20)
    }
  })
  await pause(300)
  await ask(source.url, 'set global read_only = 1')
  await caughtUp()
  await ask(replica.url, 'stop slave')
  await ask(replica.url, 'set global read_only = 0')
  while (writer() !== hostOf(replica)) await pause(20)
  const before = statuses.length
  while (!statuses.slice(before + 4).includes(201)) await pause(20)
  goesOn = false
  await Promise.all(people)
  expect([201, 503]).toEqual(expect.arrayContaining([...new Set(statuses)]))
  await nothingIsHalf(app)
  const [{ accounts } = {}] = await ask(replica.url, 'select count(*) as accounts from gatelodge.gatelodge_accounts')
  expect(Number(accounts)).toBe(statuses.filter((status) => status === 201).length + 1)
})
