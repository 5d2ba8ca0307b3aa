// The transaction of a log-in that must pass a step first: what the way in stores, the record, and the log-in under way; no
// session. Knows no HTTP.
import type { Store } from '../../database/transaction.ts'
import type { RateLimited } from '../../identity/attempts/rules.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import type { Login, LoginOptions } from '../../identity/logins/login.ts'
import type { LoginUnderWay, NewLoginUnderWay } from '../../identity/logins/storage.ts'
import type { Services } from '../../services.ts'
import type { Step } from './step.ts'
import { type ChangedMeanwhile, countRest, NotStarted, prepareTries, type Refused, refusalOf } from './transaction.ts'

type Needs = Pick<Services, 'database' | 'loginsUnderWay' | 'attempts' | 'audit'>

interface Due<Refusal> {
  login: Login<Refusal>
  step: Pick<Step, 'lasts'>
  options: LoginOptions
  source: RequestSource
}

export type KeptLogin<Refusal> =
  /** The token is new where the log-in is, and stored nowhere. */
  { kind: 'kept'; token?: string } | { kind: 'duplicate' } | ChangedMeanwhile | RateLimited | Refused<Refusal>

/** The first step is due: the row is written. */
export async function beginUnderWay<R>(needs: Needs, { login, step, options, source }: Due<R>): Promise<KeptLogin<R>> {
  const { loginsUnderWay, audit } = needs
  const { account, methods, way } = login
  const { token, login: row } = loginsUnderWay.prepare({ account, methods, options, source: source, lasts: step.lasts })
  const record = audit.record(way.unfinished, source, { account: account.id, methods })
  return run(needs, login, row, token, async (trx) => {
    await audit.write(trx, record)
    if (!(await loginsUnderWay.begin(trx, row))) throw new NotStarted()
  })
}

/** A step was passed, and another one is due. Its time counts from the first proof, too. */
export async function advanceUnderWay<R>(
  needs: Needs,
  { login, step, underWay }: Pick<Due<R>, 'login' | 'step'> & { underWay: LoginUnderWay },
): Promise<KeptLogin<R>> {
  const row = {
    ...underWay,
    account: login.account,
    methods: login.methods,
    expiresAt: underWay.startedAt + step.lasts,
  }
  return run(needs, login, row, undefined, async (trx) => {
    if (!(await needs.loginsUnderWay.advance(trx, row))) throw new NotStarted()
  })
}

async function run<R>(
  { loginsUnderWay, attempts }: Needs,
  { tries, work }: Login<R>,
  row: Pick<NewLoginUnderWay, 'tokenHash' | 'account' | 'methods'>,
  token: string | undefined,
  write: (trx: Store) => Promise<void>,
): Promise<KeptLogin<R>> {
  const kept: KeptLogin<R> = { kind: 'kept', ...(token && { token }) }
  const all = async (trx: Store) => {
    await prepareTries(attempts, trx, tries)
    const refusal = await work?.(trx)
    if (refusal !== undefined) throw new NotStarted(refusal)
    await write(trx)
    await countRest(attempts, trx, tries)
    return kept
  }
  const landed = async (db: Store) => ((await loginsUnderWay.has(db, row)) ? kept : undefined)
  try {
    const outcome = await attempts.within([...(tries?.admit ?? []), ...(tries?.count ?? [])], all, landed)
    return outcome === 'duplicate' ? { kind: 'duplicate' } : outcome
  } catch (error) {
    return refusalOf<R>(error)
  }
}
