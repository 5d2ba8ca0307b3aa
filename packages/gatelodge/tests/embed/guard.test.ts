// Guards of routes that belong to another app: what they decide as time passes and databases fail.
import { describe, expect, it } from 'vitest'
import { Unavailable } from '../../src/database/unavailable.ts'
import { createGuard } from '../../src/embed/guard.ts'
import { minutes } from '../../src/time.ts'
import { onEachDatabase } from '../support/databases.ts'
import { makeApp, throwawayDatabase, useApp } from '../support/make-app.ts'
import type { Visitor } from '../support/visitor.ts'

const asked = (browser?: Visitor, accept = 'text/html', method = 'GET') => ({
  asking: new Headers({ accept, ...(browser && { cookie: `gatelodge=${browser.sessionCookie}` }) }),
  method,
  target: '/notes?page=2',
})

const told = (answer: unknown) => {
  if (!(answer instanceof Response)) throw new Error('not refused')
  return [answer.status, answer.headers.get('location')]
}

onEachDatabase('A guard of another app', (database) => {
  const app = useApp(database)

  it('V7.5.3 asks for the password again when it was typed too long ago, and then shows the page', async () => {
    const guard = createGuard(app().services)
    const demand = { account: true, authenticatedWithin: minutes(2) }
    const browser = app().visitor()
    const person = await browser.register()
    expect(await guard(asked(browser), demand)).toMatchObject({ account: { email: person.email } })

    app().clock.pass(minutes(3))
    const refused = await guard(asked(browser), demand)
    expect(told(refused)).toEqual([303, 'http://localhost:3000/reauthenticate?return_to=%2Fnotes%3Fpage%3D2'])
    expect(told(await guard(asked(browser, '*/*'), demand))).toEqual([403, null])
    expect(await guard(asked(browser), { account: true })).toMatchObject({ account: { email: person.email } })

    await browser.open('/reauthenticate?return_to=/account')
    await browser.submit({ current_password: person.password as string })
    expect(await guard(asked(browser), demand)).toMatchObject({ account: { email: person.email } })
  })

  it('leads back to path and query after a POST, and says that what was sent did not arrive', async () => {
    const guard = createGuard(app().services)
    const refused = await guard(asked(undefined, 'text/html', 'POST'), { account: true })
    expect(told(refused)).toEqual([303, 'http://localhost:3000/login?return_to=%2Fnotes%3Fpage%3D2&cookies=1'])
    const undelivered = 'What you just sent did not arrive. Send it again after this.'
    const browser = app().visitor()
    browser.keep(refused as Response)
    expect((await browser.open('/login?return_to=%2Fnotes%3Fpage%3D2')).html).toContain(undelivered)
    await browser.register()
    app().clock.pass(minutes(3))
    const asksAgain = await guard(asked(browser, 'text/html', 'POST'), {
      account: true,
      authenticatedWithin: minutes(2),
    })
    expect(told(asksAgain)).toEqual([303, 'http://localhost:3000/reauthenticate?return_to=%2Fnotes%3Fpage%3D2'])
    browser.keep(asksAgain as Response)
    expect((await browser.open('/reauthenticate?return_to=%2Fnotes')).html).toContain(undelivered)
    expect(await guard(asked(), {})).toBe(null)
  })
})

describe('A guard whose database is away', () => {
  it('V16.5.2 V16.5.3 answers 503, and nobody gets in', async () => {
    const app = await makeApp(throwawayDatabase())
    const browser = app.visitor()
    await browser.register()
    const resume = () => Promise.reject(new Unavailable('away'))
    const guard = createGuard({ ...app.services, sessions: { ...app.services.sessions, resume } })
    expect(told(await guard(asked(browser), {}))[0]).toBe(503)
    expect(told(await guard(asked(browser), { account: true }))[0]).toBe(503)
    await app.close()
  })
})
