// Deleting an account in the middle of anything else deletes all its rows. Each flow is held before each of its statements,
// while the deletion goes as far as it can; and the other way round.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { purge } from '../../../src/background-jobs.ts'
import type { Settings } from '../../../src/config/schema.ts'
import type { Driver } from '../../../src/database/driver.ts'
import { days } from '../../../src/time.ts'
import { onMysql, openDriver, type TestDatabase } from '../../support/databases.ts'
import { linkTo } from '../../support/emails.ts'
import { sites } from '../../support/flows.ts'
import { makeApp, type TestApp } from '../../support/make-app.ts'
import { type Overlap, overlapping } from '../../support/overlap.ts'
import { isWhole, onWalkedDatabases } from '../../support/walk.ts'
import { leftOut, ofRows, rowFor, rows, type Way, walkedSites } from './rows.ts'
import { begin, findOwners, leaveAfterAll, posting, remove, type Scene, tablesWith, toLeave } from './scene.ts'

interface Both {
  flow: { status: number }
  deletion: { status: number } | undefined
}

interface Walk {
  ways: Record<string, Way>
  settings: Partial<Settings>
  isThorough: boolean
  deletionDelay: number
  open(): Driver
}

function walk(database: TestDatabase, { ways, settings, isThorough, deletionDelay, open }: Walk): void {
  let overlap: Overlap
  let app: TestApp
  beforeAll(async () => {
    overlap = overlapping(open())
    app = await makeApp(database, { ...posting, ...settings, deletionDelay }, { database: overlap.database })
    await findOwners(app)
  })
  afterAll(() => app.close())

  it.each(Object.entries(ways))('%s', async (name, prepare) => {
    // A sample meets twice. In the thorough walk a flow is held before each of its statements; elsewhere before every fourth, and the flows take turns.
    const turn = Object.keys(ways).indexOf(name) % 4
    const [first, step] = isThorough && isWhole ? [1, 1] : [1 + turn, 4]
    let met = 0
    for (let at = first; ; at += step) {
      const { scene, send } = await prepare(app)
      const both = await overlap.of(at, send, () => remove(scene.here, scene.person.password))
      if (!both) break
      met += 1
      await nothingIsLeft(scene, { flow: both[0], deletion: both[1] }, `held before statement ${at}`)
      if (!isWhole) break
    }
    for (let at = 1 + turn; ; at += 4) {
      const { scene, send } = await prepare(app)
      const both = await overlap.of(at, () => remove(scene.here, scene.person.password), send)
      if (!both) break
      met += 1
      await nothingIsLeft(scene, { flow: both[1], deletion: both[0] }, `the deletion held before its statement ${at}`)
      if (!isWhole) break
    }
    if (isWhole) expect(met).toBeGreaterThan(isThorough ? 12 : 4)
    else expect(met).toBe(2)
  })

  if (deletionDelay > 0 && ways === ofRows)
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

const delays = isWhole ? { 'at once': 0, 'after a while': days(14) } : { 'after a while': days(14) }

for (const { where, settings, ways } of [{ where: '', settings: {}, ways: ofRows }, ...walkedSites])
  for (const [when, deletionDelay] of Object.entries(delays)) {
    const all = { ways, settings, deletionDelay }
    onWalkedDatabases(`Deleting ${when}${where}, in the middle of`, (database) => {
      walk(database, { ...all, isThorough: deletionDelay === 0, open: () => openDriver(database) })
    })
    if (!isWhole) continue
    onMysql(`Deleting ${when}${where} at REPEATABLE READ, in the middle of`, (database) => {
      walk(database, { ...all, isThorough: false, open: () => openDriver(database, 'repeatable read') })
    })
  }

describe('The flows', () => {
  it('stand each in this walk: as a row, or as they are', () => {
    const all = [...new Set(sites.flatMap(({ flows }) => Object.keys(flows)))]
    const asTheyAre = walkedSites.flatMap(({ ways }) => Object.keys(ways))
    expect([...Object.keys(rowFor), ...Object.keys(leftOut), ...new Set(asTheyAre)].sort()).toEqual(all.sort())
    expect(Object.keys(rows)).toEqual(expect.arrayContaining(Object.values(rowFor)))
  })
})
