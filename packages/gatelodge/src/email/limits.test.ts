// How many emails a client can make us send, and that the answer does not reveal the limit.
import { expect, it } from 'vitest'
import { onEachDatabase } from '../../tests/support/databases.ts'
import { emailsTo } from '../../tests/support/emails.ts'
import { makeApp, type TestApp, useApp } from '../../tests/support/make-app.ts'
import { someone } from '../../tests/support/visitor.ts'
import { hours, minutes } from '../time.ts'

let clients = 0
/** Nobody else asks from there. */
const elsewhere = () => `2001:db8:${(++clients).toString(16)}::1`

/** Asks as a person would, and returns the whole answer. */
async function ask(app: TestApp, email: string, from = elsewhere()) {
  const visitor = app.visitor(from)
  await visitor.open('/forgot-password')
  const answer = await visitor.submitOnly({ email })
  const { notice, summary, status } = await visitor.open(answer.headers.get('location') ?? '')
  const asked = { sent: answer.status, to: answer.headers.get('location'), status, summary }
  return { ...asked, notice: notice?.replace(email, 'the address') }
}

async function resets(app: TestApp, email: string): Promise<number> {
  return (await emailsTo(app, email)).filter(({ kind }) => kind === 'reset-password').length
}

onEachDatabase('To one address', (database) => {
  const app = useApp(database)

  it('go three emails an hour that someone asked for and eight a day, and the answer is always the same', async () => {
    const { email = '' } = await app().visitor(elsewhere()).register()
    const written: number[] = []
    const answers: unknown[] = []
    for (let hour = 0; hour < 5; hour += 1) {
      for (let time = 0; time < 5; time += 1) {
        app().clock.pass(minutes(2))
        answers.push(await ask(app(), email))
      }
      // With the one that came at registration.
      written.push(1 + (await resets(app(), email)))
      app().clock.pass(hours(1))
    }
    expect(written).toEqual([3, 6, 8, 8, 8])
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    app().clock.pass(hours(24))
    await ask(app(), email)
    expect(await resets(app(), email)).toBe(8)
    const unknown = await ask(app(), 'nobody-knows@example.org')
    expect(unknown).toEqual(answers[0])
  })

  it('goes one email of a kind a minute, of 16 that are asked for at once', async () => {
    const { email = '' } = await app().visitor(elsewhere()).register()
    app().clock.pass(hours(2))
    const visitors = await Promise.all(
      Array.from({ length: 16 }, async () => {
        const visitor = app().visitor(elsewhere())
        await visitor.open('/forgot-password')
        return visitor
      }),
    )
    const answers = await Promise.all(visitors.map((visitor) => visitor.submitOnly({ email })))
    expect(answers.map(({ status }) => status)).toEqual(Array(16).fill(303))
    expect(await resets(app(), email)).toBe(1)
  })
})

onEachDatabase('From one client address', (database) => {
  it('twenty emails an hour can be asked for, also of many at once, and the answer is always the same', async () => {
    const app = await makeApp(database, { emailsPerClient: 20 })
    const people = []
    for (let count = 0; count < 24; count += 1) people.push(await app.visitor(elsewhere()).register())
    app.clock.pass(minutes(2))
    const source = elsewhere()
    const first = people.slice(0, 12)
    const answers = []
    for (const { email = '' } of first) answers.push(await ask(app, email, source))
    // Twelve more at once: there is room for eight.
    answers.push(...(await Promise.all(people.slice(12).map(({ email = '' }) => ask(app, email, source)))))
    const sent = await Promise.all(people.map(({ email = '' }) => resets(app, email)))
    expect(sent.slice(0, 12)).toEqual(Array(12).fill(1))
    expect(sent.slice(12).reduce((sum, one) => sum + one, 0)).toBe(8)
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    app.clock.pass(hours(1))
    await ask(app, people[0]?.email ?? '', source)
    expect(await resets(app, people[0]?.email ?? '')).toBe(2)
    await app.close()
  })

  it('what is asked for beyond that does not use up the emails of the address it names', async () => {
    const app = await makeApp(database, { emailsPerClient: 2 })
    const owner = await app.visitor(elsewhere()).register()
    const others = [await app.visitor(elsewhere()).register(), await app.visitor(elsewhere()).register()]
    app.clock.pass(hours(2))
    const source = elsewhere()
    for (const { email = '' } of others) await ask(app, email, source)
    for (let time = 0; time < 8; time += 1) {
      app.clock.pass(minutes(1.1))
      await ask(app, owner.email ?? '', source)
    }
    // Nothing of it counts: not towards the pause between two emails, nor the hour, nor the day.
    expect(await resets(app, owner.email ?? '')).toBe(0)
    await ask(app, owner.email ?? '')
    expect(await resets(app, owner.email ?? '')).toBe(1)
    await app.close()
  })

  it('V2.4.1 what is asked for beyond that is not recorded either', async () => {
    const app = await makeApp(database, { emailsPerClient: 20, registration: 'confirm-first' })
    const browser = app.visitor(elsewhere())
    await browser.open('/register')
    await browser.submit(someone())
    app.clock.pass(minutes(2))
    const recorded = async () => (await app.services.audit.latest({ most: 999 })).map(({ event }) => event)
    const before = (await recorded()).length
    const { email = '' } = someone()
    for (let time = 0; time < 5; time += 1) {
      await ask(app, email)
      await browser.open('/register/sent')
      await browser.submit({}, '/register/sent')
    }
    const since = (await recorded()).slice(0, -before)
    expect(since.sort()).toEqual(['password-reset.requested', 'registration.requested'])
    await app.close()
  })
})
