// Not only statements go wrong: each call of a service, in each flow, throws once before it does anything, or once after
// it did what it should. Whatever a person is told afterwards is true, and nothing is ever half there.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Unavailable } from '../src/database/unavailable.ts'
import { Busy } from '../src/identity/passwords/queue.ts'
import { onEachDatabase } from './support/databases.ts'
import { type CallFaults, faultyServices } from './support/faulty-services.ts'
import { flows } from './support/flows.ts'
import { makeApp, type TestApp } from './support/make-app.ts'
import { nothingIsHalf } from './support/nothing-is-half.ts'

const kinds = [
  ['throws something unknown', 'before', () => new Error('a surprise')],
  ['is too busy', 'before', () => new Busy('the queue is full')],
  ['cannot reach what it needs', 'before', () => new Unavailable('away')],
  ['throws after its work', 'after', () => new Error('a late surprise')],
] as const

onEachDatabase('With one call that fails', (database) => {
  let app: TestApp
  let faults: CallFaults
  beforeAll(async () => {
    app = await makeApp(
      database,
      {},
      {},
      {
        wrap(services) {
          const made = faultyServices(services)
          faults = made.faults
          return made.services
        },
      },
    )
  })
  afterAll(() => app.close())

  for (const [flowName, flow] of Object.entries(flows)) {
    it.each(kinds)(
      `V2.3.3 V15.4.3 V16.5.3 ${flowName}: each call once %s, and all is done or nothing`,
      async (_, moment, error) => {
        const failed: string[] = []
        for (let at = 1; ; at += 1) {
          const { browser, person } = await flow.prepare(app)
          faults.arm(at, moment, error())
          const { status } = await flow.send(browser, person)
          const call = faults.disarm()
          await flow.verify(app, person, status, browser)
          if (!call) break
          failed.push(call)
        }
        await nothingIsHalf(app)
        // Each has had its turn.
        const last =
          { logout: 'audit.write' }[flowName] ?? (/page/.test(flowName) ? 'sessions.resume' : 'attempts.heldBack')
        expect(failed).toContain(last)
      },
    )
  }

  it('V2.3.3 a session that does not start leaves no account, no new password and nobody half logged in', async () => {
    for (const name of ['registration', 'login', 'password change']) {
      const flow = flows[name] as (typeof flows)[string]
      const { browser, person } = await flow.prepare(app)
      faults.refuseToStart()
      const { status } = await flow.send(browser, person)
      faults.disarm()
      // The proof was right, and then it was not any more: refused like a wrong one, or logged out.
      expect([name, status]).toEqual([name, name === 'registration' ? 500 : 401])
      await nothingIsHalf(app)
    }
  })
})
