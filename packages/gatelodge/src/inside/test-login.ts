// For the tests of an app that holds us: somebody who is logged in, without a form. It asks for no password, so it is not
// for a site that people reach.
import { Hono } from 'hono'
import type { Store } from '../database/transaction.ts'
import { parseAddress } from '../identity/accounts/address.ts'
import { parseName } from '../identity/accounts/name.ts'
import type { OwnValues } from '../identity/accounts/own-fields.ts'
import { hasLeft, type NewAccount } from '../identity/accounts/storage.ts'
import { type ToldAccount, toldAccount } from '../identity/accounts/told.ts'
import { newId } from '../identity/ids.ts'
import { newToken } from '../identity/sealing.ts'
import type { Services } from '../services.ts'
import { json } from '../web/answer.ts'
import { askerOf } from '../web/asker.ts'
import type { AppEnv, Context } from '../web/context.ts'
import { letIn } from '../web/let-in.ts'
import { begin } from '../web/request.ts'

/** Who is to be logged in. */
export interface TestPerson {
  /** Whose account is found, or made. */
  email: string
  /** For an account that is made. Default: `Test Person`. */
  name?: string
  /** Registration fields of the site's own, for an account that is made. They are not judged. */
  fields?: OwnValues
}

/** A session for the app's own tests. */
export interface LoggedIn {
  /** As `session()` gives it. */
  account: ToldAccount
  /** For the header of that name. */
  cookie: string
  /** To be sent with each request. */
  headers: { cookie: string }
}

/**
 * Finds the account of that address or makes it, its address confirmed, and starts a session.
 * @throws {Error} in production, for an address that is none, and for an account that may not be entered.
 */
export type TestLogin = (person: TestPerson) => Promise<LoggedIn>

export function createTestLogin(services: Services): TestLogin {
  return async ({ email, name = 'Test Person', fields = {} }) => {
    if (services.settings.mode === 'production' || process.env.NODE_ENV === 'production')
      throw new Error(
        'test.loginAs lets anybody in without a password: it refuses where `mode` or NODE_ENV is production',
      )
    const address = parseAddress(email)
    const named = parseName(name)
    if (!address) throw new Error(`test.loginAs: "${email}" is no email address`)
    if ('refusal' in named) throw new Error(`test.loginAs: "${name}" is no name (${named.refusal})`)
    const { id, isNew } = await findOrMake(services, { address, name: named.name, fields })
    const cookie = await enter(services, id, isNew)
    const account = await services.accounts.findById(services.database.db, id)
    if (!account) throw new Error('test.loginAs: the account was deleted meanwhile')
    return { account: toldAccount(account), cookie, headers: { cookie } }
  }
}

/** The session starts where all do, and the app's hooks hear of it. */
async function enter(services: Services, id: Buffer, isNew: boolean): Promise<string> {
  const app = new Hono<AppEnv>()
  const work: { failure?: unknown } = {}
  app.use(begin(services, []))
  app.get('/', async (c) => {
    if (isNew) await services.hooks.registered(id, askerOf(c))
    await startSession(c, id)
    return json(c, 200, {})
  })
  app.onError((error, c) => {
    work.failure = error
    return c.body(null, 500)
  })
  const answer = await app.request('/')
  if (work.failure) throw work.failure
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ')
}

async function startSession(c: Context, id: Buffer): Promise<void> {
  const { database, passwords, sessionRows } = c.get('services')
  const entry = letIn(c, { remembered: false })
  const credential = await passwords.findByAccount(database.db, id)
  const landed = async (db: Store) => (await sessionRows.exists(db, entry.session.tokenHash)) || undefined
  const isIn = credential && (await database.transact((trx) => entry.start(trx, credential), landed))
  if (isIn !== true)
    throw new Error('test.loginAs: this account may not be entered; it is disabled, closed or not confirmed')
  await entry.open()
}

type Person = Pick<NewAccount, 'name' | 'address'> & { fields: OwnValues }

async function findOrMake(services: Services, person: Person): Promise<{ id: Buffer; isNew: boolean }> {
  const { database, accounts, passwords, hashing, clock } = services
  const found = await accounts.findByAddress(database.db, person.address)
  if (found && !hasLeft(found)) return { id: found.id, isNew: false }
  const id = newId()
  const now = clock.now()
  // A password that nobody knows.
  const hash = await hashing.hash(newToken(), '')
  const outcome = await database.transact(
    async (trx) => {
      await accounts.insert(trx, { ...person, id, createdAt: now, verifiedAt: now })
      await passwords.insert(trx, id, hash, now)
      return 'made' as const
    },
    async (db) => ((await accounts.findById(db, id)) ? ('made' as const) : undefined),
  )
  // Of two tests at once, the other was quicker.
  return outcome === 'duplicate' ? findOrMake(services, person) : { id, isNew: true }
}
