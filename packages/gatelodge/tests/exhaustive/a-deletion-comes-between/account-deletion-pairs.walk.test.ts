// Deleting an account in the middle of anything else deletes all its rows. Each flow is held before each of its statements,
// while the deletion goes as far as it can; and the other way round.
import { parse } from 'uuid'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { purge } from '../../../src/background-jobs.ts'
import type { Settings } from '../../../src/config/schema.ts'
import type { Driver } from '../../../src/database/driver.ts'
import { days, minutes, seconds } from '../../../src/time.ts'
import { onMysql, openDriver, type TestDatabase } from '../../support/databases.ts'
import { linkTo } from '../../support/emails.ts'
import { makeApp, type TestApp } from '../../support/make-app.ts'
import { type Overlap, overlapping } from '../../support/overlap.ts'
import { enrol, shown, verify } from '../../support/second-factor.ts'
import { type Fields, someone, type Visitor } from '../../support/visitor.ts'
import { isWhole, onWalkedDatabases } from '../../support/walk.ts'

interface Scene {
  app: TestApp
  /** Logged in; it is here that the account is deleted. */
  here: Visitor
  person: Fields
  id: Buffer
  /** Of the person's app, where there is one. */
  key?: string
  /** Where the person has asked for a change of address. */
  newEmail: string
}

type Send = () => Promise<{ status: number }>

interface Both {
  flow: { status: number }
  deletion: { status: number } | undefined
}

const newPassword = 'amber ferry clock'

/** Everything that writes, or reads, for an account: what comes before it, and the one request. */
const flows: Record<string, (scene: Scene) => Promise<Send>> = {
  async 'a further verification email'(scene) {
    const there = await elsewhere(scene)
    scene.app.clock.pass(minutes(5))
    return () => there.json('POST', '/api/v1/verification', {})
  },
  async verification(scene) {
    const there = await elsewhere(scene)
    await there.open(await linkTo(scene.app, scene.person.email ?? '', 'verify-email'))
    return () => there.form('/verify-email/confirm')
  },
  async 'a log-in'({ app, person }) {
    const there = app.visitor()
    return () => there.json('POST', '/api/v1/login', person)
  },
  async 'a log-in with a wrong password'({ app, person }) {
    const there = app.visitor()
    return () => there.json('POST', '/api/v1/login', { ...person, password: 'quiet amber windmill' })
  },
  async 'a log-out'(scene) {
    const there = await elsewhere(scene)
    return () => there.json('POST', '/api/v1/logout', {})
  },
  async 'a log-out in the same browser'({ here }) {
    return () => here.json('POST', '/api/v1/logout', {})
  },
  async 'a forgotten password'({ app, person }) {
    const there = app.visitor()
    return () => there.json('POST', '/api/v1/forgot-password', { email: person.email })
  },
  async 'a reset'({ app, person }) {
    const there = app.visitor()
    await there.json('POST', '/api/v1/forgot-password', { email: person.email })
    await there.open(await linkTo(app, person.email ?? '', 'reset-password'))
    return () => there.form('/reset-password', { new_password: newPassword })
  },
  async 'a change of password'(scene) {
    const there = await elsewhere(scene)
    const change = { current_password: scene.person.password, new_password: newPassword }
    return () => there.json('POST', '/api/v1/password', change)
  },
  async 'a confirmation of the password'(scene) {
    const there = await elsewhere(scene)
    return () => there.json('POST', '/api/v1/password/confirm', { current_password: scene.person.password })
  },
  async 'a change of name'(scene) {
    const there = await elsewhere(scene)
    return () => there.json('POST', '/api/v1/profile', { name: 'Grace Hopper' })
  },
  async 'a wish for another address'(scene) {
    const there = await elsewhere(scene)
    return () => there.form('/account/email', { new_email: scene.newEmail })
  },
  async 'a confirmation of another address'(scene) {
    const there = await elsewhere(scene)
    await there.form('/account/email', { new_email: scene.newEmail })
    await there.open(await linkTo(scene.app, scene.newEmail, 'confirm-email'))
    return () => there.form('/confirm-email')
  },
  async 'a change of address that is cancelled'(scene) {
    const there = await elsewhere(scene)
    await there.form('/account/email', { new_email: scene.newEmail })
    return () => there.form('/account/email', { action: 'cancel' })
  },
  async 'a device that is ended'(scene) {
    const there = await elsewhere(scene)
    const { devices } = (await there.json('GET', '/api/v1/devices')).body as { devices?: { id: string }[] }
    return () => there.json('POST', '/api/v1/devices/end', { id: devices?.[1]?.id })
  },
  async 'all other devices that are ended'(scene) {
    const there = await elsewhere(scene)
    return () => there.json('POST', '/api/v1/devices/end-others', {})
  },
  async 'an export'(scene) {
    const there = await elsewhere(scene)
    return () => there.json('GET', '/api/v1/export')
  },
  async 'an app that is set up'(scene) {
    const there = await elsewhere(scene)
    await verify(scene.app, scene.person)
    const { setup, key = '' } = (await there.json('POST', '/api/v1/two-factor/start', {})).body as Fields
    scene.key = key
    return () => there.json('POST', '/api/v1/two-factor/confirm', { setup, code: shown(scene.app, key) })
  },
  async 'a code at a log-in'(scene) {
    const there = await behindThePassword(scene)
    const code = shown(scene.app, scene.key ?? '')
    return () => there.json('POST', '/api/v1/two-factor', { code, trust: true })
  },
  async 'a wrong code at a log-in'(scene) {
    const there = await behindThePassword(scene)
    return () => there.json('POST', '/api/v1/two-factor', { code: '000000' })
  },
  async 'an app that is taken off'(scene) {
    const there = await behindTheCode(scene)
    return () => there.json('POST', '/api/v1/two-factor/remove', {})
  },
  async 'recovery codes that are made again'(scene) {
    const there = await behindTheCode(scene)
    return () => there.json('POST', '/api/v1/recovery-codes', {})
  },
  async 'another deletion'(scene) {
    const there = await elsewhere(scene)
    return () => there.json('POST', '/api/v1/delete', { current_password: scene.person.password })
  },
}

async function elsewhere({ app, person }: Pick<Scene, 'app' | 'person'>): Promise<Visitor> {
  const browser = app.visitor()
  expect((await browser.json('POST', '/api/v1/login', person)).status).toBe(200)
  return browser
}

async function behindThePassword(scene: Scene): Promise<Visitor> {
  const { app, person, here } = scene
  await verify(app, person)
  scene.key = (await enrol(app, here)).key
  const browser = app.visitor()
  expect((await browser.json('POST', '/api/v1/login', person)).status).toBe(403)
  return browser
}

async function behindTheCode(scene: Scene): Promise<Visitor> {
  const browser = await behindThePassword(scene)
  const code = shown(scene.app, scene.key ?? '')
  expect((await browser.json('POST', '/api/v1/two-factor', { code })).status).toBe(200)
  return browser
}

const remove = (browser: Visitor, password = '') =>
  browser.json('POST', '/api/v1/delete', { current_password: password })

/** With a mail server set, so that unsent emails can be distinguished from the others. No server listens at that port. */
const posting: Partial<Settings> = {
  smtpUrl: 'smtp://127.0.0.1:2525',
  mailFrom: 'a@example.org',
  emailsPerClient: 1e6,
}

interface Walk {
  isThorough: boolean
  deletionDelay: number
  open(): Driver
}

function walk(database: TestDatabase, { isThorough, deletionDelay, open }: Walk): void {
  let overlap: Overlap
  let app: TestApp
  beforeAll(async () => {
    overlap = overlapping(open())
    app = await makeApp(database, { ...posting, deletionDelay }, { database: overlap.database })
    owners = await findOwners(app)
  })
  afterAll(() => app.close())

  it.each(Object.entries(flows))('%s', async (name, prepare) => {
    // A sample meets twice. In the thorough walk a flow is held before each of its statements; elsewhere before every fourth, and the flows take turns.
    const turn = Object.keys(flows).indexOf(name) % 4
    const [first, step] = isThorough && isWhole ? [1, 1] : [1 + turn, 4]
    let met = 0
    for (let at = first; ; at += step) {
      const scene = await begin(app)
      const send = await prepare(scene)
      const both = await overlap.of(at, send, () => remove(scene.here, scene.person.password))
      if (!both) break
      met += 1
      await nothingIsLeft(scene, { flow: both[0], deletion: both[1] }, `held before statement ${at}`)
      if (!isWhole) break
    }
    for (let at = 1 + turn; ; at += 4) {
      const scene = await begin(app)
      const send = await prepare(scene)
      const both = await overlap.of(at, () => remove(scene.here, scene.person.password), send)
      if (!both) break
      met += 1
      await nothingIsLeft(scene, { flow: both[1], deletion: both[0] }, `the deletion held before its statement ${at}`)
      if (!isWhole) break
    }
    if (isWhole) expect(met).toBeGreaterThan(isThorough ? 12 : 4)
    else expect(met).toBe(2)
  })

  if (deletionDelay > 0)
    it('a way back, taken while the time for it ends', async () => {
      for (let at = 1; ; at += 1) {
        const scene = await begin(app)
        await remove(scene.here, scene.person.password)
        const there = app.visitor()
        await there.open(await linkTo(app, scene.person.email ?? '', 'account-deletion-scheduled'))
        const removal = async () => {
          app.clock.pass(deletionDelay)
          await purge(app.services)
          return { status: 200 }
        }
        const both = await overlap.of(at, () => there.form('/restore-account'), removal)
        if (!both) break
        await nothingIsLeft(scene, { flow: both[0], deletion: undefined }, `held before statement ${at}`)
        if (!isWhole) break
      }
    })

  async function nothingIsLeft(scene: Scene, { flow, deletion }: Both, where: string): Promise<void> {
    expect(flow.status, where).toBeLessThan(500)
    expect(deletion?.status ?? 0, where).toBeLessThan(500)
    if (deletion?.status !== 200) await leaveAfterAll(scene)
    if (deletionDelay > 0) app.clock.pass(deletionDelay)
    if (deletionDelay > 0) await purge(app.services)
    expect(await tablesWith(app, scene.id), where).toEqual(['gatelodge_audit'])
    const expected = deletionDelay === 0 ? ['account-deleted'] : []
    expect(await toLeave(app, [scene.person.email ?? '', scene.newEmail]), where).toEqual(expected)
  }
}

async function begin(app: TestApp): Promise<Scene> {
  const here = app.visitor()
  const person = await here.register()
  const { id } = await here.account()
  return { app, here, person, newEmail: someone().email ?? '', id: Buffer.from(parse(String(id))) }
}

/** Where the flow was quicker, and has ended the session or changed the password: the person deletes once more. */
async function leaveAfterAll({ app, person, newEmail, key }: Scene): Promise<void> {
  for (const email of [person.email, newEmail]) {
    for (const password of [person.password, newPassword]) {
      const again = app.visitor()
      const { status } = await again.json('POST', '/api/v1/login', { email, password })
      if (status === 403 && key) {
        app.clock.pass(seconds(30))
        expect((await again.json('POST', '/api/v1/two-factor', { code: shown(app, key) })).status).toBe(200)
      } else if (status !== 200) continue
      expect((await remove(again, password)).status).toBe(204)
    }
  }
}

/** Every table that has an account's id in it, with the column. */
let owners: [table: string, column: string][] = []

async function findOwners({ services }: TestApp): Promise<typeof owners> {
  const tables = await services.database.db.introspection.getTables()
  return tables.flatMap(({ name, columns }): typeof owners => {
    if (name === 'gatelodge_accounts') return [[name, 'id']]
    return columns.some((column) => column.name === 'account_id') ? [[name, 'account_id']] : []
  })
}

/** The tables that have a row with that id. */
async function tablesWith({ services }: TestApp, id: Buffer): Promise<string[]> {
  const { db } = services.database
  const found: string[] = []
  for (const [table, column] of owners) {
    const rows = await db
      .selectFrom(table as 'gatelodge_sessions')
      .select(column as 'account_id')
      .where(column as 'account_id', '=', id)
      .limit(1)
      .execute()
    if (rows.length > 0) found.push(table)
  }
  return found
}

/** The kinds of emails to those addresses that wait to be sent. */
async function toLeave({ services }: TestApp, addresses: string[]): Promise<string[]> {
  const { emails, database } = services
  const due = await database.db
    .selectFrom('gatelodge_emails')
    .select(['kind', 'sealed'])
    .where('due_at', 'is not', null)
    .execute()
  return due.filter(({ sealed }) => addresses.includes(emails.open(sealed)?.to.address ?? '')).map(({ kind }) => kind)
}

const delays = isWhole ? { 'at once': 0, 'after a while': days(14) } : { 'after a while': days(14) }

for (const [when, deletionDelay] of Object.entries(delays)) {
  onWalkedDatabases(`Deleting ${when}, in the middle of`, (database) => {
    walk(database, { isThorough: deletionDelay === 0, deletionDelay, open: () => openDriver(database) })
  })
  if (!isWhole) continue
  onMysql(`Deleting ${when} at REPEATABLE READ, in the middle of`, (database) => {
    walk(database, { isThorough: false, deletionDelay, open: () => openDriver(database, 'repeatable read') })
  })
}
