// Two copies of the product on a cluster of three nodes, under load, while the node that they write to is killed, frozen
// and stopped. What was confirmed is on every node, once; no email goes out twice; nobody is logged out.
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BackgroundJobs, startBackgroundJobs } from '../../../src/background-jobs.ts'
import { fromDriver } from '../../../src/database/connect.ts'
import { connectMysql } from '../../../src/database/mysql.ts'
import { type Milliseconds, seconds, systemClock } from '../../../src/time.ts'
import { ask } from '../../support/databases.ts'
import { type Galera, type GaleraNode, startGalera } from '../../support/galera.ts'
import { type Load, loadOn, type Told } from '../../support/load.ts'
import { type MailServer, startMailServer } from '../../support/mail-server.ts'
import { makeApp, type TestApp } from '../../support/make-app.ts'
import { nothingIsHalf } from '../../support/nothing-is-half.ts'

/** So much later than the cluster itself each copy writes again, at most. */
const longestBeyond: Milliseconds = seconds(8)

let galera: Galera
let mail: MailServer
let copies: TestApp[]
let jobs: BackgroundJobs[]
let load: Load

beforeAll(async () => {
  galera = await startGalera(3)
  mail = await startMailServer()
  const [first] = galera.nodes as [GaleraNode]
  // The second is for writes past the product.
  for (const name of ['gatelodge', 'beside']) await ask(first.url, `create database ${name}`)
  await ask(first.url, 'create table beside.writes (id int)')
})
afterAll(async () => {
  for (const job of jobs ?? []) job.stop()
  for (const copy of copies ?? []) await copy.close()
  await mail?.close()
  await galera?.stop()
})

const hosts = () => galera.nodes.map(({ host }) => host)
const writers = () =>
  copies.map(({ services }) => services.database.hosts?.().find(({ role }) => role === 'writer')?.host)
const nodeAt = (host: string | undefined) => galera.nodes.find((node) => node.host === host) as GaleraNode

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await what())) await pause(50)
}

/** When the cluster takes a write again, through any of these nodes. */
async function whenWritable(nodes: GaleraNode[]): Promise<number> {
  const write = async ({ url }: GaleraNode): Promise<number> => {
    for (;;) {
      try {
        await ask(url, 'insert into beside.writes values (1)')
        return performance.now()
      } catch {
        await pause(50)
      }
    }
  }
  return Promise.race(nodes.map(write))
}

/** When that copy stored something that was asked for after that moment. */
async function whenStored(copy: number, after: number): Promise<number> {
  const isOne = (told: Told) =>
    told.act === 'register' && told.copy === copy && told.status === 201 && told.began > after
  await until(() => load.told.some(isOne))
  return load.told.find(isOne)?.ended ?? 0
}

/** @returns by how much each copy was later than the cluster. */
async function without(fault: (writer: GaleraNode) => unknown): Promise<{ writer: GaleraNode; beyond: Milliseconds }> {
  const [host] = writers()
  const writer = nodeAt(host)
  const from = performance.now()
  await fault(writer)
  const others = galera.nodes.filter((node) => node !== writer)
  const stored = Promise.all(copies.map((_, copy) => whenStored(copy, from)))
  const writable = await whenWritable(others)
  const last = Math.max(...(await stored))
  const spelled = [writable - from, last - from].map((time) => (time / 1000).toFixed(1))
  console.info(`The cluster took ${spelled[0]} s, the product ${spelled[1]} s.`)
  return { writer, beyond: last - writable }
}

it('two copies that start at once on an empty database bring the tables up to date, and write to one node', async () => {
  const url = `mysql://root@${hosts().join()}/gatelodge`
  const settings = { smtpUrl: mail.url, mailFrom: 'hello@example.org' }
  copies = await Promise.all([1, 2].map(() => makeApp({ url }, settings, { clock: systemClock })))
  jobs = copies.map(({ services }) => startBackgroundJobs(services))
  expect(writers()).toEqual([hosts()[0], hosts()[0]])
  for (const { url } of galera.nodes) {
    const rows = await ask(url, 'select name from gatelodge.gatelodge_migrations')
    expect(rows.length).toBeGreaterThan(0)
  }
  load = loadOn(copies, 3)
  await until(() => load.told.length > 50)
})

it('V16.5.2 a killed node: both copies go on with the same other one, and stay there', async () => {
  const { writer, beyond } = await without((node) => node.kill())
  expect(beyond).toBeLessThan(longestBeyond)
  await writer.startAgain()
  await galera.whole()
  const [first, second] = writers()
  expect(first).toBe(second)
  expect(first).not.toBe(writer.host)
})

it('V13.1.3 V16.5.2 a frozen node, which still holds its connections', async () => {
  const { writer, beyond } = await without((node) => node.freeze())
  expect(beyond).toBeLessThan(longestBeyond)
  writer.thaw()
  await galera.whole()
})

it('V16.5.2 a node that an operator stops', async () => {
  const { writer, beyond } = await without((node) => node.stop())
  expect(beyond).toBeLessThan(longestBeyond)
  await writer.startAgain()
  await galera.whole()
})

it('V2.3.3 V15.4.3 what was confirmed is on every node, once; no email went out twice, and nobody was logged out', async () => {
  await load.stop()
  const statuses = (act: Told['act']) => [
    ...new Set(load.told.filter((one) => one.act === act).map((one) => one.status)),
  ]
  expect([201, 503]).toEqual(expect.arrayContaining(statuses('register')))
  expect([200, 503]).toEqual(expect.arrayContaining(statuses('session')))
  expect([200, 503]).toEqual(expect.arrayContaining(statuses('login')))

  const unsent = async () => {
    const { db } = (copies[0] as TestApp).services.database
    return db.selectFrom('gatelodge_emails').select('id').where('sent_at', 'is', null).execute()
  }
  await until(async () => (await unsent()).length === 0)
  const registered = load.told.filter(({ act, status }) => act === 'register' && status === 201)
  const unknown = load.told.filter(({ act, status }) => act === 'register' && status === 503)
  for (const { url } of galera.nodes) {
    const options = { url: `${url}/gatelodge`, connections: 2, timeout: seconds(5), clock: systemClock }
    const database = fromDriver(connectMysql(options))
    await nothingIsHalf({ services: { ...(copies[0] as TestApp).services, database } })
    const rows = await database.db.selectFrom('gatelodge_accounts').select('email').execute()
    await database.close()
    const stored = new Set(rows.map(({ email }) => email))
    expect(registered.filter(({ person }) => !stored.has(person.email as string))).toEqual([])
    expect(rows.length).toBe(
      registered.length + unknown.filter(({ person }) => stored.has(person.email as string)).length,
    )
  }
  // Each email has an id of its own, which every try repeats.
  const ids = mail.arrived.map(({ message }) => message.messageId)
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  expect(ids.length).toBeGreaterThanOrEqual(registered.length)
})
