// For the tests of an app that holds us: someone who is logged in, without a form. It asks for no password, so it is not
// for a site that people reach.
import { Hono } from 'hono'
import { loginSteps } from '../app.ts'
import { type Account, hasLeft, type NewAccount } from '../identity/accounts/account.ts'
import { parseAddress } from '../identity/accounts/address.ts'
import type { CustomValues } from '../identity/accounts/custom-fields.ts'
import { parseName } from '../identity/accounts/name.ts'
import { type PublicAccount, publicAccount } from '../identity/accounts/public-account.ts'
import { newId } from '../identity/ids.ts'
import type { Method } from '../identity/logins/methods.ts'
import type { Services } from '../services.ts'
import { json } from '../web/http/answer.ts'
import type { AppEnv, Context } from '../web/http/context.ts'
import { begin } from '../web/http/request.ts'
import { completeLogin } from '../web/session/complete-login.ts'
import type { Step } from '../web/session/step.ts'
import { byTest } from './way-in.ts'

/** Who is to be logged in. */
export interface TestPerson {
  /** Whose account is found, or made. */
  email: string
  /** For an account that is made. Default: `Test Person`. */
  name?: string
  /** Registration fields of the site's own, for an account that is made. They are not judged. */
  fields?: CustomValues
  /** How they are said to have proved who they are, by the names of RFC 8176. Default: `['pwd']`. */
  methods?: [Method, ...Method[]]
}

/** A session for the app's own tests. */
export interface LoggedIn {
  /** As `session()` gives it. */
  account: PublicAccount
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

/** @param steps others than those that the product has, for our own tests. */
export function createTestLogin(services: Services, steps: Step[] = loginSteps): TestLogin {
  return async ({ email, name = 'Test Person', fields = {}, methods = ['pwd'] }) => {
    if (services.settings.mode === 'production' || process.env.NODE_ENV === 'production')
      throw new Error(
        'test.loginAs lets anyone in without a password: it refuses where `mode` or NODE_ENV is production',
      )
    const address = parseAddress(email)
    const named = parseName(name)
    if (!address) throw new Error(`test.loginAs: "${email}" is no email address`)
    if ('refusal' in named) throw new Error(`test.loginAs: "${name}" is no name (${named.refusal})`)
    const { account, isNew } = await findOrMake(services, { address, name: named.name, fields })
    const cookie = await enter(services, steps, { account, isNew, methods })
    return { account: publicAccount(account), cookie, headers: { cookie } }
  }
}

interface Entering {
  account: Account
  isNew: boolean
  methods: Method[]
}

/** The session starts where all do, with the same steps, records and hooks. */
async function enter(services: Services, steps: Step[], entering: Entering): Promise<string> {
  const app = new Hono<AppEnv>()
  const work: { failure?: unknown } = {}
  app.use(begin(services, steps))
  app.get('/', async (c) => {
    await startSession(c, entering)
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

async function startSession(c: Context, { account, isNew, methods }: Entering): Promise<void> {
  const { clock } = c.get('services')
  const proved = Object.fromEntries(methods.map((method) => [method, clock.now()]))
  const login = { way: byTest, account, methods: proved, isNewAccount: isNew }
  const outcome = await completeLogin(c, { remembered: false, as: 'cookie' }, login)
  if (outcome.kind === 'step-due')
    throw new Error(`test.loginAs: this account may not be entered before a step is passed (${outcome.step.name})`)
  if (outcome.kind !== 'logged-in')
    throw new Error('test.loginAs: this account may not be entered; it is disabled or closed')
}

type Person = Pick<NewAccount, 'name' | 'address'> & { fields: CustomValues }

/** One that is made has no password: nobody is to know it. */
async function findOrMake(services: Services, person: Person): Promise<{ account: Account; isNew: boolean }> {
  const { database, accounts, clock } = services
  const found = await accounts.findByAddress(database.db, person.address)
  if (found && !hasLeft(found)) return { account: found, isNew: false }
  const id = newId()
  const now = clock.now()
  const outcome = await database.transact(
    async (trx) => {
      await accounts.insert(trx, { ...person, id, createdAt: now, verifiedAt: now })
      return 'made' as const
    },
    async (db) => ((await accounts.findById(db, id)) ? ('made' as const) : undefined),
  )
  const account = await accounts.findById(database.db, id)
  // Of two tests at once, the other was quicker.
  return outcome === 'duplicate' || !account ? findOrMake(services, person) : { account, isNew: true }
}
