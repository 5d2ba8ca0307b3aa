// What is asked behind a first proof: by the way in, by the policy of the site, by what the account has, by cookie and by bearer
// token, remembered or not, on a trusted device or not; and that each way of answering is enough. Recovery codes alone do not
// exist: they are made with the first second factor, an app or a passkey that is asked for after the password, and go with the last.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Settings } from '../../../src/config/schema.ts'
import { seconds } from '../../../src/time.ts'
import { Client, type Kind } from '../../login-sequence/client.ts'
import type { Authenticator } from '../../support/authenticator.ts'
import { withPasskey } from '../../support/flows/passkeys.ts'
import { giveApp } from '../../support/give-app.ts'
import { makeApp, type TestApp } from '../../support/make-app.ts'
import { shown, verify } from '../../support/second-factor.ts'
import { type Fields, someone } from '../../support/visitor.ts'
import { isWhole, onWalkedDatabases } from '../../support/walk.ts'

const policies = ['off', 'optional', 'required'] as const satisfies Settings['secondFactor'][]
const ways = ['password', 'registration once more', 'passkey', 'key that checks nobody'] as const
const all = ['none', 'app', 'passkey', 'both', 'passkey asked for'] as const
type Answer = 'code of the app' | 'recovery code' | 'passkey' | 'key that checks nobody'

interface Case {
  policy: (typeof policies)[number]
  way: (typeof ways)[number]
  has: (typeof all)[number]
  as: Kind
  isRemembered: boolean
  isTrusted: boolean
}

const both = [false, true]
const hasKey = ({ has }: Pick<Case, 'has'>) => has !== 'none' && has !== 'app'
const hasApp = ({ has }: Pick<Case, 'has'>) => has === 'app' || has === 'both'
/** Whatever the policy says, its owner proves a second factor. */
const hasSecond = (one: Pick<Case, 'has'>) => hasApp(one) || one.has === 'passkey asked for'
const isByKey = ({ way }: Case) => way === 'passkey' || way === 'key that checks nobody'

const cases: Case[] = policies
  .flatMap((policy) => ways.flatMap((way) => all.map((has) => ({ policy, way, has }))))
  .flatMap((one) => (['cookie', 'bearer'] as const).map((as) => ({ ...one, as })))
  .flatMap((one) => both.map((isRemembered) => ({ ...one, isRemembered })))
  .flatMap((one) => both.map((isTrusted) => ({ ...one, isTrusted })))
  .filter((one) => hasKey(one) || !isByKey(one))
  .filter((one) => hasSecond(one) || !one.isTrusted)
  // Nobody ticks a box when an address is known already.
  .filter((one) => one.way !== 'registration once more' || !one.isRemembered)

/** Which step is due, and which answers pass it. */
function due(one: Case): { step: string; answers: Answer[] } | undefined {
  if (one.way === 'passkey') return undefined
  const keys: Answer[] = hasKey(one) ? (isByKey(one) ? ['passkey'] : ['passkey', 'key that checks nobody']) : []
  if (hasSecond(one)) {
    if (one.isTrusted) return undefined
    const codes: Answer[] = hasApp(one) ? ['code of the app', 'recovery code'] : ['recovery code']
    return { step: 'second-factor-required', answers: [...codes, ...keys] }
  }
  if (one.policy !== 'required') return undefined
  const isEnough = hasKey(one) && !isByKey(one)
  return isEnough
    ? { step: 'second-factor-required', answers: keys }
    : { step: 'second-factor-enrolment-required', answers: [] }
}

const titleOf = ({ policy, way, has, as, isRemembered, isTrusted }: Case) => [
  policy,
  way,
  `has ${has}`,
  as,
  isRemembered ? 'remembered' : 'not remembered',
  isTrusted ? 'trusted' : 'not trusted',
]

/** A sample has each policy, way and possession, and meets the rest in turn. */
const taken = isWhole ? cases : cases.filter((_, at) => at % 7 === 0)

interface Owner {
  known: Fields
  code(app: TestApp): string
  codes: string[]
  key: Authenticator | undefined
}

onWalkedDatabases('Behind a first proof', (database) => {
  const apps = new Map<string, TestApp>()
  beforeAll(async () => {
    for (const secondFactor of policies) apps.set(secondFactor, await makeApp(database, { secondFactor }))
  })
  afterAll(async () => {
    for (const app of apps.values()) await app.close()
  })

  /** Someone with a confirmed address and what they have: as after adding it some time ago. */
  async function owner(app: TestApp, one: Case): Promise<Owner> {
    const known = someone()
    await new Client(app, 'cookie').begin('/register', known)
    await verify(app, known)
    const { key } = hasKey(one) ? await withPasskey(app, known) : {}
    const codesOf = () => ask(app, one, known)
    const { key: secret, codes } = hasApp(one) ? await giveApp(app, known) : { key: '', codes: await codesOf() }
    return { known, code: (at) => shown(at, secret), codes, key }
  }

  /** @returns the recovery codes of someone who wants to be asked for a passkey. */
  async function ask({ services }: TestApp, { has }: Case, { email = '' }: Fields): Promise<string[]> {
    if (has !== 'passkey asked for') return []
    const { accounts, database, secondFactors } = services
    const account = await accounts.findByAddress(database.db, { given: email, normalised: email })
    const made = await secondFactors.makeCodes('')
    await database.transact(
      (trx) => secondFactors.askForPasskey(trx, account?.id ?? Buffer.alloc(0), made),
      async () => undefined,
    )
    return made.codes
  }

  async function prove(client: Client, { way, isRemembered }: Case, { known, key }: Owner) {
    const { email, password } = known
    const remember = isRemembered
    if (way === 'password') return client.begin('/login', { email, password, remember })
    if (way === 'registration once more') return client.begin('/register', { ...known, name: 'Another name' })
    await client.post('/login/passkey/options', {})
    const { options, challenge_token } = client.told as unknown as { options: object; challenge_token: string }
    const answer = key?.use(options, { isVerified: way === 'passkey' })
    return client.begin('/login/passkey', { answer, challenge_token, remember })
  }

  async function pass(client: Client, how: Answer, { code, codes, key }: Owner) {
    if (how === 'code of the app') return client.goOn('/two-factor', { code: code(client.app) })
    if (how === 'recovery code') return client.goOn('/two-factor', { recovery_code: codes.pop() })
    await client.goOn('/two-factor/options')
    const { options } = client.told as unknown as { options: object }
    return client.goOn('/two-factor', { answer: key?.use(options, { isVerified: how === 'passkey' }) })
  }

  /** The cookie of a device that someone said is trusted. */
  async function trusting(app: TestApp, { known, codes }: Owner) {
    const browser = new Client(app, 'cookie')
    const { email, password } = known
    await browser.begin('/login', { email, password })
    expect((await browser.goOn('/two-factor', { recovery_code: codes.pop(), trust: true })).status).toBe(200)
    const cookies = [...browser.visitor.cookies].filter(([name]) => name.includes('-trust'))
    expect(cookies).toHaveLength(1)
    return new Map(cookies)
  }

  it.each(taken.map((one) => [titleOf(one).join(', '), one] as const))('V6.3.3 V6.3.4 %s', async (_, one) => {
    const app = apps.get(one.policy) as TestApp
    const person = await owner(app, one)
    const expected = due(one)
    // Each answer with a log-in of its own; where none is needed, one log-in.
    const answers = expected ? expected.answers : [undefined]
    for (const how of answers.length > 0 ? answers : [undefined]) {
      const client = new Client(app, one.as)
      if (one.isTrusted) client.visitor.cookies = await trusting(app, person)
      const reply = await prove(client, one, person)
      expect(reply).toEqual({ status: expected ? 403 : 200, code: expected?.step })
      if (expected) expect(await client.session()).toBeUndefined()
      if (expected && how === undefined) return
      if (how) expect((await pass(client, how, person)).status, how).toBe(200)
      await isInside(client, one, { person, how })
      app.clock.pass(seconds(30))
    }
  })

  /** With the methods that were proved, and as it was wished with the first. */
  async function isInside(client: Client, one: Case, { person, how }: { person: Owner; how: Answer | undefined }) {
    const session = await client.session()
    expect(session?.email).toBe(person.known.email)
    const byCode = how === 'code of the app' || how === 'recovery code'
    const isVerified = one.way === 'passkey' || how === 'passkey'
    const methods = [
      ...(isByKey(one) ? [] : ['pwd']),
      ...(isByKey(one) || (how && !byCode) ? ['swk'] : []),
      ...(byCode ? ['otp'] : []),
      ...(isVerified ? ['user'] : []),
      ...(how || isVerified ? ['mfa'] : []),
    ]
    expect(session?.methods.sort()).toEqual(methods.sort())
    expect(Boolean(client.token)).toBe(one.as === 'bearer')
    const { db } = client.app.services.database
    const rows = db
      .selectFrom('gatelodge_sessions as session')
      .innerJoin('gatelodge_accounts as account', (join) =>
        join.onRef('account.id', '=', 'session.account_id').on('account.email', '=', person.known.email ?? ''),
      )
    const newest = await rows.select('session.remembered').orderBy('session.id', 'desc').executeTakeFirst()
    if (one.as === 'cookie') expect(newest?.remembered).toBe(one.isRemembered ? 1 : 0)
  }
})
