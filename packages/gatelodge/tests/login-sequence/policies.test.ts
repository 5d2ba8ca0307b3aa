// What is asked behind the right password: by the policy of the site, by what the account has, by cookie and by bearer token,
// remembered or not, on a trusted device or not. Recovery codes alone do not exist: they are made with the first second factor,
// an app or a passkey that its owner wants asked for, and go with the last.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Settings } from '../../src/config/schema.ts'
import { random } from '../../src/identity/sealing.ts'
import { keyOf, stepAt } from '../../src/identity/second-factors/totp.ts'
import { seconds } from '../../src/time.ts'
import { onEachDatabase } from '../support/databases.ts'
import { makeApp, type TestApp } from '../support/make-app.ts'
import { shown, verify } from '../support/second-factor.ts'
import { type Fields, someone as newPerson } from '../support/visitor.ts'
import { Client, type Kind } from './client.ts'
import { givePasskey } from './ways.ts'

const policies = ['off', 'optional', 'required'] as const satisfies Settings['secondFactor'][]
const ofPasskey = ['passkey', 'recovery code beside a passkey'] as const
const proofs = ['none', 'code of the app', 'recovery code', ...ofPasskey] as const

interface Case {
  policy: (typeof policies)[number]
  /** What the account has, and what is answered with. */
  factor: (typeof proofs)[number]
  as: Kind
  isRemembered: boolean
  isTrusted: boolean
}

const both = [false, true]
const cases: Case[] = policies
  .flatMap((policy) => proofs.map((factor) => ({ policy, factor })))
  .flatMap((one) => (['cookie', 'bearer'] as const).map((as) => ({ ...one, as })))
  .flatMap((one) => both.map((isRemembered) => ({ ...one, isRemembered })))
  .flatMap((one) => both.map((isTrusted) => ({ ...one, isTrusted })))
  .filter(({ factor, isTrusted }) => factor !== 'none' || !isTrusted)
  // What is remembered does not depend on the kind of the second factor.
  .filter(({ factor, isRemembered }) => !isRemembered || !isOfPasskey(factor))

function isOfPasskey(factor: Case['factor']): boolean {
  return ofPasskey.some((one) => one === factor)
}

const titleOf = ({ policy, factor, as, isRemembered, isTrusted }: Case) =>
  [policy, factor, as, isRemembered ? 'remembered' : 'not remembered', isTrusted ? 'trusted' : 'not trusted'].join(', ')

onEachDatabase('Behind the password', (database) => {
  const apps = new Map<string, TestApp>()
  beforeAll(async () => {
    for (const secondFactor of policies) apps.set(secondFactor, await makeApp(database, { secondFactor }))
  })
  afterAll(async () => {
    for (const app of apps.values()) await app.close()
  })

  /** Someone with a confirmed address and, where one is given, an app: as after an enrolment some time ago. */
  async function person(app: TestApp, { factor }: Case) {
    const known = newPerson()
    await new Client(app, 'cookie').begin('/register', known)
    await verify(app, known)
    if (factor === 'none') return { known, key: '', codes: [], passkey: undefined }
    const { accounts, database, secondFactors, clock } = app.services
    const account = await accounts.findByAddress(database.db, {
      given: known.email ?? '',
      normalised: known.email ?? '',
    })
    const secret = random(20)
    const made = await secondFactors.makeCodes('')
    if (isOfPasskey(factor)) {
      const passkey = await givePasskey(app, known)
      await database.transact(
        (trx) => secondFactors.askForPasskey(trx, account?.id as Buffer, made),
        async () => undefined,
      )
      return { known, key: '', codes: made.codes, passkey }
    }
    await database.transact(
      (trx) => secondFactors.add(trx, account?.id as Buffer, { secret, step: stepAt(clock.now()) - 2 }, made),
      async () => undefined,
    )
    return { known, key: keyOf(secret), codes: made.codes, passkey: undefined }
  }

  /** What is answered with. */
  async function answerOf(
    app: TestApp,
    client: Client,
    one: Case,
    { key, codes, passkey }: Awaited<ReturnType<typeof person>>,
  ) {
    if (one.factor === 'code of the app') return { code: shown(app, key) }
    if (one.factor !== 'passkey') return { recovery_code: codes.pop() }
    await client.goOn('/two-factor/options')
    return { answer: passkey?.use((client.told as unknown as { options: object }).options) }
  }

  const logIn = (client: Client, { email, password }: Fields, remember: boolean) =>
    client.begin('/login', { email, password, remember })

  it.each(cases.map((one) => [titleOf(one), one] as const))('V6.3.3 V6.3.4 %s', async (_, one) => {
    const app = apps.get(one.policy) as TestApp
    const owner = await person(app, one)
    const { known, codes } = owner
    const client = new Client(app, one.as)
    if (one.isTrusted) {
      const browser = new Client(app, 'cookie')
      await logIn(browser, known, false)
      expect((await browser.goOn('/two-factor', { recovery_code: codes.pop(), trust: true })).status).toBe(200)
      const trust = [...browser.visitor.cookies].filter(([name]) => name.includes('-trust'))
      expect(trust).toHaveLength(1)
      client.visitor.cookies = new Map(trust)
      app.clock.pass(seconds(30))
    }
    const reply = await logIn(client, known, one.isRemembered)
    const due = one.policy === 'required' ? 'second-factor-enrolment-required' : undefined
    const asked = one.factor === 'none' ? due : one.isTrusted ? undefined : 'second-factor-required'
    expect(reply).toEqual({ status: asked ? 403 : 200, code: asked })
    if (asked) expect(await client.session()).toBeUndefined()
    if (asked === due && asked) return
    if (asked) {
      const answer = await answerOf(app, client, one, owner)
      expect((await client.goOn('/two-factor', answer)).status).toBe(200)
    }
    const session = await client.session()
    const proved = one.factor === 'passkey' ? ['mfa', 'pwd', 'swk'] : ['mfa', 'otp', 'pwd']
    expect(session?.email).toBe(known.email)
    expect(session?.methods).toEqual(asked ? proved : ['pwd'])
    expect(Boolean(client.token)).toBe(one.as === 'bearer')
    // What was wished with the password is kept behind the code.
    const { db } = app.services.database
    const { accounts } = app.services
    const account = await accounts.findByAddress(db, { given: known.email ?? '', normalised: known.email ?? '' })
    const rows = await db
      .selectFrom('gatelodge_sessions')
      .select(['id', 'remembered'])
      .where('account_id', '=', account?.id as Buffer)
      .orderBy('id', 'desc')
      .execute()
    if (one.as === 'cookie') expect(rows[0]?.remembered).toBe(one.isRemembered ? 1 : 0)
  })
})
