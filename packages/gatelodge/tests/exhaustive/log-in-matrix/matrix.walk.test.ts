// Every way in, with every set of steps that may be due, by cookie and by bearer token: no session before the last step, and
// whatever does not follow the order is refused with nothing changed. docs/how-it-works/log-in-sequence.md shows the order.
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loginSteps } from '../../../src/app.ts'
import type { Settings } from '../../../src/config/schema.ts'
import type { Step } from '../../../src/web/session/step.ts'
import { mishaps } from '../../login-sequence/mishaps.ts'
import { provider } from '../../login-sequence/provider.ts'
import {
  administratorCases,
  begin,
  type Case,
  cases as everyones,
  isRefused,
  openSessions,
  passingOf,
  passNext,
  passUntilLast,
  waitsFor,
} from '../../login-sequence/scene.ts'
import { passings, stepRoutes, steps } from '../../login-sequence/steps.ts'
import { ways } from '../../login-sequence/ways.ts'
import { makeApp, type TestApp } from '../../support/make-app.ts'
import { onWalkedDatabases, sampled } from '../../support/walk.ts'

/** Those of administrators stand behind the others. */
const cases = [...everyones, ...administratorCases]
/** Of a sample: every third. */
const sample = sampled(cases, 3)

const source = fileURLToPath(new URL('../../../src/', import.meta.url))
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'))

/** All that files of that name declare. */
async function declared(name: string): Promise<{ name: string }[]> {
  const found = files.filter((file) => file.endsWith(`/${name}`) && !file.startsWith('web/'))
  const modules = await Promise.all(found.map((file) => import(`${source}${file}`)))
  return modules.flatMap((module) => Object.values(module as Record<string, { name: string }>))
}

describe('The matrix of log-ins', () => {
  it('V6.1.3 V6.3.4 has every way in that a capability declares', async () => {
    const names = (await declared('way-in.ts')).map(({ name }) => name)
    expect(names.length).toBeGreaterThan(4)
    expect(Object.keys(ways).sort()).toEqual(names.sort())
  })

  it('V6.3.4 has every step that a capability declares, and the app asks each of them', async () => {
    const names = (await declared('step.ts')).map(({ name }) => name)
    expect(loginSteps.map(({ name }) => name).sort()).toEqual(names.sort())
    expect(Object.keys(passings)).toEqual(steps.map(({ name }) => name))
  })

  it('has every set of steps for each way, by cookie and by bearer token', () => {
    expect(everyones).toHaveLength((20 + 6 + 20 + 4 + 4 + 8 + 4 + 6) * 2 + 10 + 6 + 20)
    expect(administratorCases).toHaveLength(12 * 2)
  })

  it('has each way and each step in its sample', () => {
    const met = (all: Case[]) => new Set(all.flatMap(({ way, set }) => [way, ...set]))
    expect(met(sample)).toEqual(met(cases))
  })
})

type Modes = Pick<Settings, 'requireVerifiedEmail' | 'registration' | 'secondFactor'>
const connections = [provider.setting()]
const patient = { emailsPerClient: 1_000_000, emailsPerDay: 1_000_000 }
/** Of a sample: every ninth, which meets each way and each step. */
const waiting = sampled(
  cases.filter(({ way, set }) => set.length > 0 && way !== 'test'),
  9,
)
/** One that is confirmed already is no failure, and no way in. */
const isAddress = (step: Step | undefined) => step?.name === 'verified address'
const titled = (all: Case[]) =>
  all.map(
    (one) =>
      [
        `${one.isAdministrator ? 'administrator, ' : ''}${one.way}, ${one.as}: ${one.set.join(', ') || 'no step'}`,
        one,
      ] as const,
  )

onWalkedDatabases('The log-in sequence', (database) => {
  const apps = new Map<string, TestApp>()
  const keyOf = ({ requireVerifiedEmail, registration, secondFactor }: Modes) =>
    `${requireVerifiedEmail} ${registration} ${secondFactor}`
  const appFor = ({ way, set, isAdministrator = false }: Case) => {
    const { registration = 'instant' } = ways[way] ?? {}
    const secondFactor = !isAdministrator && set.includes('second factor set up') ? 'required' : 'optional'
    return apps.get(
      keyOf({ requireVerifiedEmail: !isAdministrator && set.includes('verified address'), registration, secondFactor }),
    ) as TestApp
  }
  beforeAll(async () => {
    for (const requireVerifiedEmail of [true, false])
      for (const registration of ['instant', 'confirm-first'] as const)
        for (const secondFactor of ['optional', 'required'] as const) {
          const modes = { requireVerifiedEmail, registration, secondFactor }
          apps.set(
            keyOf(modes),
            await makeApp(database, { ...patient, ...modes, connections }, {}, { steps, routes: [stepRoutes] }),
          )
        }
  })
  afterAll(async () => {
    for (const app of apps.values()) await app.close()
  })

  it.each(titled(sample))('V6.3.4 V6.1.3 V2.3.1 %s: the session starts after the last step', async (_, one) => {
    const scene = await begin(appFor(one), one)
    const all = [...scene.due]
    const sessionsBefore = all.length > 0 ? await openSessions(scene) : 0
    while (scene.due[0]) {
      await waitsFor(scene, scene.due[0])
      // Fewer where a step ends what stood before: an enrolment does.
      expect(await openSessions(scene)).toBeLessThanOrEqual(sessionsBefore)
      // A function for tests goes no further: there is nobody to pass a step.
      if (one.way === 'test') return
      scene.reply = await passNext(scene)
    }
    expect(scene.reply.status).toBeLessThan(300)
    const session = await scene.client.session()
    expect(session?.email).toBe(scene.person.email)
    expect(session?.methods).toEqual(expect.arrayContaining(all.flatMap((step) => passingOf(step).methods)))
    // A log-in under way has done its work: its cookie is gone.
    expect([...scene.client.visitor.cookies.keys()].filter((name) => name.includes('-login'))).toEqual([])
  })

  it.each(titled(waiting))(
    'V2.3.1 %s: a step that is skipped, out of order or wrong changes nothing',
    async (_, one) => {
      const scene = await begin(appFor(one), one)
      const other = await begin(appFor(one), one)
      while (scene.due.length > 0) {
        const [next, ...later] = scene.due
        await isRefused(scene, 'skipped', () => scene.client.goOn('/login/continue'))
        for (const step of later)
          if (step.name !== 'verified address')
            await isRefused(scene, `${step.name} too early`, () => passingOf(step).pass(scene.client, scene.person))
        await isRefused(scene, 'wrong', () => passingOf(next).fail(scene.client, other.person), {
          others: [other.person],
        })
        const passed = scene.due[0]
        const mayBeDone = isAddress(passed)
        await passNext(scene)
        if (scene.due.length > 0)
          await isRefused(scene, 'repeated', () => passingOf(passed).pass(scene.client, scene.person), { mayBeDone })
      }
      expect((await scene.client.session())?.email).toBe(scene.person.email)
      expect(await other.client.session()).toBeUndefined()
    },
  )

  it.each(titled(waiting))('V2.3.1 %s: what was used once is used up', async (_, one) => {
    const scene = await begin(appFor(one), one)
    await passUntilLast(scene)
    const copy = { ...scene, client: scene.client.copy() }
    const [last] = scene.due
    await passNext(scene)
    expect(await scene.client.session()).toBeDefined()
    await isRefused(copy, 'replayed', () => copy.client.goOn('/login/continue'))
    const mayBeDone = isAddress(last)
    await isRefused(copy, 'the last step replayed', () => passingOf(last).pass(copy.client, copy.person), { mayBeDone })
  })

  it.each(titled(waiting))('V15.4.2 %s: of many that finish at once, one gets a session', async (_, one) => {
    const scene = await begin(appFor(one), one)
    await passUntilLast(scene)
    const before = await openSessions(scene)
    const copies = Array.from({ length: 4 }, () => scene.client.copy())
    const [last] = scene.due
    await Promise.all(copies.map((copy) => passingOf(last).pass(copy, scene.person)))
    const inside = await Promise.all(copies.map((copy) => copy.session()))
    expect(inside.filter(Boolean)).toHaveLength(1)
    // Where an address is confirmed, older sessions of its account end.
    expect(await openSessions(scene)).toBeLessThanOrEqual(before + 1)
  })

  describe.each(Object.entries(mishaps))('%s', (what, happens) => {
    it.each(titled(waiting))('V7.4.2 V7.2.4 %s: is refused, and nothing is changed', async (_, one) => {
      const scene = await begin(appFor(one), one)
      await passUntilLast(scene)
      const { client } = await happens(scene)
      const [last] = scene.due
      const asked = { ...scene, client }
      await isRefused(asked, what, () => passingOf(last).pass(client, scene.person))
      await isRefused(asked, `${what}, going on`, () => client.goOn('/login/continue'))
    })
  })
})
