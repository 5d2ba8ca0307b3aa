// An app is set up: shown a key, and on only once a code of it was right. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import { recipientOf } from '../../identity/accounts/recipient.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import { isAdministrator } from '../../identity/groups/names.ts'
import type { LoginAccount } from '../../identity/logins/login.ts'
import { judgeCode, keyOf, setupUri } from '../../identity/second-factors/totp.ts'
import { type CodeProblem, readAppCode } from '../../identity/second-factors/typed-code.ts'
import type { Services } from '../../services.ts'
import type { Renewal } from '../../web/session/renew-session.ts'

/** What people get to see before it is on. */
export interface SetUp {
  key: string
  uri: string
  /** The same, sealed: comes back with the code, so that nothing is stored of what nobody finishes. */
  setup: string
}

export type AppRefusal = {
  kind: 'refused'
  problems: { field: 'code'; code: CodeProblem | 'wrong' | 'clock' | 'used' }[]
}

/** Why an account gets no second factor now. */
export type Barred = { kind: 'off' } | { kind: 'exists' } | { kind: 'unverified' }

export type AdditionOutcome = { kind: 'added'; codes: string[] } | AppRefusal | Barred | { kind: 'logged-out' }

type Needs = Pick<
  Services,
  | 'clock'
  | 'settings'
  | 'database'
  | 'accounts'
  | 'secondFactors'
  | 'sealing'
  | 'sessions'
  | 'sessionRows'
  | 'audit'
  | 'emails'
>

/** @returns undefined where nothing stands in the way. */
export function barred(
  { settings, emails }: Pick<Needs, 'settings' | 'emails'>,
  account: Pick<LoginAccount, 'hasApp' | 'verifiedAt' | 'groups'>,
): Barred | undefined {
  if (account.hasApp) return { kind: 'exists' }
  if (settings.secondFactor === 'off' && !isAdministrator(account)) return { kind: 'off' }
  // Anyone may register with an address that is not theirs, and must not lock its owner out of it.
  return account.verifiedAt === null && emails.mode !== 'none' ? { kind: 'unverified' } : undefined
}

/**
 * The same key as long as the session, or the log-in under way, is the same: a page that is loaded again does not contradict
 * the app. @param hash that of its token.
 */
export function setUp(needs: Needs, account: LoginAccount, hash: Buffer): SetUp {
  const { sealing } = needs
  const seed = `${hash.toString('hex')} ${account.factorVersion}`
  return shown(needs, account, sealing.sign('second factor setup', seed).subarray(0, 20))
}

/** The one that came back with a code. */
export function setUpAgain(needs: Needs, account: LoginAccount, setup: string): SetUp | undefined {
  const secret = opened(needs, account, setup)
  return secret && shown(needs, account, secret)
}

function shown({ sealing, settings }: Needs, account: LoginAccount, secret: Buffer): SetUp {
  const setup = sealing.seal('second factor', `setup ${boundTo(account)} ${secret.toString('hex')}`)
  const uri = setupUri(secret, { site: settings.siteName, email: account.email })
  return { key: keyOf(secret), uri, setup }
}

function opened({ sealing }: Needs, account: LoginAccount, setup: string): Buffer | undefined {
  const start = `setup ${boundTo(account)} `
  const text = sealing.open('second factor', setup)
  return text?.startsWith(start) ? Buffer.from(text.slice(start.length), 'hex') : undefined
}

const boundTo = ({ id, factorVersion }: LoginAccount) => `${id.toString('hex')} ${factorVersion}`

interface Typed {
  setup: string
  code: string
}

export interface Addition {
  kind: 'right'
  /** None where the account has a second factor already: the codes that came with it stay good. */
  codes: string[]
  /** In the transaction that goes on. All other sessions end. @returns why not, where it changed meanwhile. */
  work(trx: Store): Promise<Barred | { kind: 'logged-out' } | undefined>
  landed(db: Store): Promise<boolean>
}

/** Whether the code is one of that key; nothing is stored. Not counted: the key is on the page of the person who types it. */
export async function prepareApp(
  needs: Needs,
  { account, source, kept }: { account: LoginAccount; source: RequestSource; kept?: Buffer },
  typed: Typed,
): Promise<Addition | AppRefusal | Barred> {
  const { clock, database, accounts, secondFactors, sessions, audit, emails } = needs
  const bar = barred(needs, account)
  if (bar) return bar
  const read = readAppCode(typed.code)
  if (read.kind !== 'app') return refused(read.kind === 'unreadable' ? read.code : 'wrong')
  const secret = opened(needs, account, typed.setup)
  const judged = secret && judgeCode(secret, read.code, { now: clock.now(), lastStep: 0 })
  if (!secret || !judged) return refused('wrong')
  if (judged.kind === 'wrong') return refused(judged.code)
  const made = account.hasSecondFactor ? undefined : await secondFactors.makeCodes(source.clientAddress)
  const record = audit.record('two-factor.added', source, { account: account.id })
  const to = recipientOf(account)
  const message = emails.prepare({ kind: 'two-factor-added', accountId: account.id, to, source })
  return {
    kind: 'right',
    codes: made?.codes ?? [],
    async work(trx) {
      const held = await accounts.hold(trx, database.dialect, account.id)
      if (!held) return { kind: 'logged-out' }
      const bar = barred(needs, held)
      if (bar) return bar
      await audit.write(trx, record)
      await secondFactors.add(trx, account.id, { secret, step: judged.step }, made)
      await sessions.endOthers(trx, account.id, kept, 'factor-changed')
      await emails.notify(trx, message)
      return undefined
    },
    landed: (db) => audit.isWritten(db, record),
  }
}

const refused = (code: AppRefusal['problems'][number]['code']): AppRefusal => ({
  kind: 'refused',
  problems: [{ field: 'code', code }],
})

interface Owner {
  account: LoginAccount
  tokenHash: Buffer
  source: RequestSource
}

/** In a session, which goes on under a new token. @throws {Busy} where too much is being hashed. */
export async function addApp(needs: Needs, owner: Owner, typed: Typed, renewal: Renewal): Promise<AdditionOutcome> {
  const { database, accounts, sessions, sessionRows } = needs
  const addition = await prepareApp(needs, { ...owner, kept: owner.tokenHash }, typed)
  if (addition.kind !== 'right') return addition
  const added: AdditionOutcome = { kind: 'added', codes: addition.codes }
  const { passwordVersion, factorVersion } = owner.account
  const work = async (trx: Store): Promise<AdditionOutcome> => {
    const held = await accounts.hold(trx, database.dialect, owner.account.id)
    if (!held || !(await sessionRows.exists(trx, owner.tokenHash))) return { kind: 'logged-out' }
    const refusal = await addition.work(trx)
    if (refusal) return refusal
    if (!(await sessions.end(trx, owner.tokenHash))) throw new NoLongerAllowed()
    if (!(await renewal.start(trx, passwordVersion, factorVersion + 1))) throw new NoLongerAllowed()
    return added
  }
  try {
    const outcome = await database.transact(work, async (db) => ((await addition.landed(db)) ? added : undefined))
    return outcome === 'duplicate' ? { kind: 'exists' } : outcome
  } catch (error) {
    if (!(error instanceof NoLongerAllowed)) throw error
    return { kind: 'logged-out' }
  }
}

/** Thrown, so that all of it goes. */
class NoLongerAllowed extends Error {}
