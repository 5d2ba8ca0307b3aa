// The whole life of accounts in random order: a person with two browsers and a stranger do what people do, in any order, and
// after each step the product is compared with a model of what it promises.
//
// A failure names its seed and path. The same story again, made shorter step by step:
//   LIFE_SEED=… LIFE_PATH=… npm run test:exhaustive -- life -t 'instant on SQLite'
// The stories are the same in each run, so that chance refuses no change. Others, and more of them: LIFE_SEED=$RANDOM LIFE_RUNS=2000.
//
// That it can fail was tried: a reset that ends no session or voids no link, a token that works twice, an email to an address
// that only waits, a log-in to a closed account, a verification without the password in a strange browser, a link that
// works for a later address, a token that is not deleted. Each was found within the first 30 stories of a kind.
// Of factors: a code of the app that works twice, and a stranger's app that stays where a change of address is undone, within 60.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { days, hours, minutes } from '../../../src/time.ts'
import type { TestDatabase } from '../../support/databases.ts'
import { makeApp, type TestApp } from '../../support/make-app.ts'
import { isWhole, onWalkedDatabases } from '../../support/walk.ts'
import { emptyModel, type Promised } from './model.ts'
import { type Real, stepsOfAStory } from './step.ts'
import { story } from './stories.ts'

const { LIFE_SEED, LIFE_PATH, LIFE_RUNS } = process.env
const seed = Number(LIFE_SEED ?? 1)

/** For each kind of site: more than 300 altogether on SQLite, and half as many on MySQL, which takes three times as long. */
const stories = isWhole ? { SQLite: 76, MySQL: 38 } : { SQLite: 4, MySQL: 0 }

/** Without these the stories would tell nothing of factors. */
const factorSteps = [
  ...['sets up an app: 200', 'sets up an app: 403', 'takes the app: 204', 'makes new recovery codes: 200'],
  ...['adds a passkey: 200', 'removes passkey: 204', 'logs in with passkey: 200', 'logs in with passkey: 401'],
  ...['goes on with the code: 200', 'goes on with the code: 422', 'goes on with the recovery code: 200'],
  ...['goes on with passkey: 200', 'confirms with the code: 200', 'confirms with passkey: 200', 'logs in: /two-factor'],
]

/** Of the steps above, in the stories of all sites. */
const taken = new Set<string>()

const kinds: Record<string, Promised> = {
  instant: { registration: 'instant', requireVerifiedEmail: false, deletionDelay: days(14) },
  'confirm-first': { registration: 'confirm-first', requireVerifiedEmail: false, deletionDelay: days(14) },
  // Shorter than a link works: used links are deleted with the account.
  'verified only': { registration: 'instant', requireVerifiedEmail: true, deletionDelay: hours(3) },
  'gone at once': { registration: 'instant', requireVerifiedEmail: false, deletionDelay: 0 },
}

for (const [kind, promised] of Object.entries(kinds)) {
  onWalkedDatabases(`the life of accounts, ${kind}`, (database) => lives(database, promised))
}

function lives(database: TestDatabase, promised: Promised): void {
  let app: TestApp
  beforeAll(async () => {
    // Waits and limits have tests of their own; the pause between two equal emails is part of the model.
    const patient = { loginFreeFailures: 100, emailsPerAddressHour: 1_000, emailsPerAddressDay: 1_000 }
    app = await makeApp(inMemory(database), { ...patient, emailsPerClient: 100_000, ...promised })
  })
  afterAll(() => app.close())

  it(
    'no session without its right, one owner for an address, no email to a stranger, no token twice',
    async () => {
      let steps = 0
      const property = fc.asyncProperty(story, async (commands) => {
        const real = await newWorld(app)
        const model = emptyModel(promised, app.clock.now())
        await fc.asyncModelRun(() => ({ model, real }), commands)
        steps += model.steps
        for (const one of model.taken) taken.add(one)
      })
      const again = LIFE_PATH !== undefined && { path: LIFE_PATH }
      const numRuns = Number(LIFE_RUNS ?? stories[database.name])
      await fc.assert(property, { seed, numRuns, endOnFailure: !again, asyncReporter: report, ...again })
      // A story that is cut short tests less than it seems to.
      if (!again) expect(steps).toBe(numRuns * stepsOfAStory)
    },
    minutes(30),
  )
}

type Told = Pick<fc.RunDetails<unknown>, 'failed' | 'counterexamplePath' | 'numRuns' | 'errorInstance'>

async function report({ failed, counterexamplePath, numRuns, errorInstance }: Told): Promise<void> {
  if (!failed) return
  const again = `LIFE_SEED=${seed} LIFE_PATH=${counterexamplePath}`
  throw new Error(`story ${numRuns} went wrong (${again}):\n${(errorInstance as Error)?.message}`)
}

/** Nobody was here before. */
async function newWorld(app: TestApp): Promise<Real> {
  const { db } = app.services.database
  for (const table of [
    'accounts',
    'passwords',
    'sessions',
    'logins_under_way',
    'attempts',
    'tokens',
    'emails',
    'registrations',
    'totp',
    'recovery_codes',
    'trusted_devices',
    'passkeys',
    'used_challenges',
  ] as const)
    await db.deleteFrom(`gatelodge_${table}`).execute()
  await db.deleteFrom('gatelodge_audit').execute()
  const visitors = { desk: app.visitor(), phone: app.visitor(), stranger: app.visitor() }
  return { app, visitors, lastEmail: Buffer.alloc(16), told: [], devices: [] }
}

/** Half a million statements are not there to wear out a disk. */
function inMemory(database: TestDatabase): Pick<TestDatabase, 'url'> {
  if (database.name === 'MySQL' || !existsSync('/dev/shm')) return database
  const folder = mkdtempSync('/dev/shm/gatelodge-')
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return { url: `sqlite:${folder}/test.sqlite` }
}

// Chance decides what one site tells: all of them together leave nothing out.
if (isWhole && LIFE_PATH === undefined)
  it('every step of a factor was taken in some story', () => {
    expect([...taken]).toEqual(expect.arrayContaining(factorSteps))
  })
