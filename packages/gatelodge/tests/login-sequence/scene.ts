// One log-in of the matrix: a way in, the steps that are due, cookie or bearer. And what is looked at after each request.
import { expect } from 'vitest'
import { administratorsGroup } from '../../src/identity/groups/names.ts'
import type { Step } from '../../src/web/session/step.ts'
import { giveApp } from '../support/give-app.ts'
import { join } from '../support/groups.ts'
import type { TestApp } from '../support/make-app.ts'
import { verify } from '../support/second-factor.ts'
import type { Fields } from '../support/visitor.ts'
import { Client, type Kind, type Reply } from './client.ts'
import { demanded, keys, passings, steps } from './steps.ts'
import { ways } from './ways.ts'

export interface Case {
  way: string
  /** Names of the steps that are due, in their order. */
  set: string[]
  as: Kind
  /** The account is in the group of administrators: a second factor is due whatever the site says. */
  isAdministrator?: boolean
}

export interface Scene {
  app: TestApp
  client: Client
  person: Fields
  /** Still to be passed. */
  due: Step[]
  reply: Reply
}

const factor = 'second factor'
const enrolment = 'second factor set up'
const address = 'verified address'

/**
 * All sets of steps. A person who has a second factor sets none up; and where an address is confirmed for the first
 * time, a second factor from before goes, so that it is not asked.
 */
const sets = Array.from({ length: 2 ** steps.length }, (_, bits) =>
  steps.filter((_, at) => bits & (1 << at)).map(({ name }) => name),
).filter((set) => !set.includes(factor) || !(set.includes(enrolment) || set.includes(address)))

export const cases: Case[] = Object.entries(ways).flatMap(
  ([way, { kinds, settles, implies: [one, other] = ['', ''] }]) =>
    sets
      .filter((set) => !settles.some((name) => set.includes(name)))
      .filter((set) => !one || !other || !set.includes(one) || set.includes(other))
      .flatMap((set) => kinds.map((as) => ({ way, set, as }))),
)

/** Of administrators, who are asked for what other accounts are asked for by settings. */
export const administratorCases: Case[] = sets
  .filter((set) => set.includes(factor) || set.includes(enrolment))
  .flatMap((set) => (['cookie', 'bearer'] as const).map((as) => ({ way: 'password', set, as, isAdministrator: true })))

/** The proof is given; nothing else. */
export async function begin(app: TestApp, { way, set, as, isAdministrator }: Case): Promise<Scene> {
  demanded.clear()
  const { prepare, settles } = ways[way] as (typeof ways)[string]
  const { person, prove } = await prepare(app)
  for (const name of set) demanded.add(name)
  if (set.includes('new password')) await demandNewPassword(app, person)
  if (set.includes(factor)) keys.set(person.email ?? '', (await giveApp(app, person)).key)
  if (set.includes(enrolment) && !set.includes(address) && !settles.includes(address)) await verify(app, person)
  if (isAdministrator) {
    await join(app, person, administratorsGroup)
    if (!set.includes(address)) await verify(app, person)
  }
  const client = new Client(app, as)
  const reply = await prove(client)
  return { app, client, person, due: steps.filter(({ name }) => set.includes(name)), reply }
}

export const passingOf = (step: Step | undefined) => passings[step?.name ?? ''] as (typeof passings)[string]

/** Passes all that is due but the last one, or all of it. */
export async function passUntilLast(scene: Scene): Promise<void> {
  while (scene.due.length > 1) await passNext(scene)
}

export async function passNext({ client, person, due }: Scene): Promise<Reply> {
  return passingOf(due.shift()).pass(client, person)
}

/** No request of this client has a session, and the answer to the program names the step that is due. */
export async function waitsFor({ client, reply }: Scene, step: Step): Promise<void> {
  expect([403, 202, 201]).toContain(reply.status)
  expect(reply.code).toBe(step.code)
  expect(await client.session()).toBeUndefined()
  expect(client.token).toBeUndefined()
  expect(client.visitor.sessionCookie).toBeUndefined()
}

const tables = [
  ...(['sessions', 'logins_under_way', 'tokens', 'emails', 'audit'] as const),
  ...(['totp', 'recovery_codes', 'trusted_devices', 'passkeys'] as const),
]

/** All rows of these people, less what counts and records wrong codes. */
async function stored(app: TestApp, people: Fields[]): Promise<string[]> {
  const { db } = app.services.database
  const rows: object[] = []
  for (const person of people) {
    const { id } = await accountOf({ app, person })
    rows.push(...(await db.selectFrom('gatelodge_accounts').selectAll().where('id', '=', id).execute()))
    rows.push(...(await db.selectFrom('gatelodge_passwords').selectAll().where('account_id', '=', id).execute()))
    for (const table of tables)
      rows.push(...(await db.selectFrom(`gatelodge_${table}`).selectAll().where('account_id', '=', id).execute()))
  }
  const kept = rows.filter((row) => !('event' in row && row.event === 'two-factor.failed'))
  return kept.map((row) => JSON.stringify({ ...row, ...('is_bearer' in row && { tries: 0 }) })).sort()
}

interface Asked {
  /** Whose rows are looked at besides. */
  others?: Fields[]
  /** Nothing is left to do, so the answer is friendly; still nothing comes of it. */
  mayBeDone?: boolean
}

/** The request is refused, there is no session, and nothing that is stored is different. */
export async function isRefused(
  scene: Scene,
  what: string,
  send: () => Promise<Reply>,
  { others = [], mayBeDone = false }: Asked = {},
): Promise<void> {
  const people = [scene.person, ...others]
  const before = await stored(scene.app, people)
  const { status } = await send()
  expect([401, 403, 404, 410, 422, ...(mayBeDone ? [200] : [])], what).toContain(status)
  expect(await scene.client.session(), what).toBeUndefined()
  expect(await stored(scene.app, people), `${what}: what is stored`).toEqual(before)
}

async function demandNewPassword(app: TestApp, person: Fields): Promise<void> {
  const { passwords, database, clock } = app.services
  await passwords.demandNew(database.db, (await accountOf({ app, person })).id, clock.now())
}

export async function accountOf({ app, person }: Pick<Scene, 'app' | 'person'>) {
  const { email = '' } = person
  const { accounts, database } = app.services
  const account = await accounts.findByAddress(database.db, { given: email, normalised: email })
  if (!account) throw new Error(`there is no account of ${email}`)
  return account
}

export async function openSessions(scene: Pick<Scene, 'app' | 'person'>): Promise<number> {
  const { id } = await accountOf(scene)
  const { sessionRows, database } = scene.app.services
  return (await sessionRows.all(database.db, id)).filter(({ endedAt }) => endedAt === null).length
}
