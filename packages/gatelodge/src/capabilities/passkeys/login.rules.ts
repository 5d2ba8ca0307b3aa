// Logging in with a passkey that says whose it is. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import type { RateLimited } from '../../identity/attempts/rules.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import type { PasskeyAsking } from '../../identity/passkeys/challenge.ts'
import type { PasskeyProblem, ProvedPasskey } from '../../identity/passkeys/rules.ts'
import type { Services } from '../../services.ts'
import type { LoggedInOutcome, LoginEntry, StepDue } from '../../web/session/complete-login.ts'
import { limits } from './limits.ts'
import { byPasskey } from './way-in.ts'

export type LoginReason = PasskeyProblem | 'disabled' | 'changed-meanwhile'

export type PasskeyLoginOutcome =
  | LoggedInOutcome
  | StepDue
  /** People read one sentence for all of these; the reason is for the record, the log and, where no account has it, the device. */
  | { kind: 'refused'; reason: LoginReason; accountId?: Buffer; credential?: string }
  | RateLimited

type Needs = Pick<Services, 'settings' | 'database' | 'accounts' | 'passkeys' | 'attempts' | 'audit'>

interface Given {
  answer: unknown
  /** Undefined: this browser never asked. */
  asking: PasskeyAsking | undefined
}

/** @throws {Unavailable} where the database is away. */
export async function logIn(
  needs: Needs,
  { answer, asking }: Given,
  entry: LoginEntry,
  source: RequestSource,
): Promise<PasskeyLoginOutcome> {
  const { settings, database, accounts, passkeys, attempts } = needs
  const tries = attempts.from('passkey', source.clientAddress, limits.passkey(settings))
  const rateLimited = await attempts.rateLimited(tries)
  if (rateLimited) return rateLimited
  const attempt = { tries, source }
  if (!asking) return refuse(needs, attempt, 'challenge')
  const proved = await passkeys.judgeUse(answer, asking)
  if (proved.kind === 'wrong') return refuse(needs, { ...attempt, credential: proved.credential }, proved.reason)
  const { accountId } = proved.passkey
  const account = await accounts.findById(database.db, accountId)
  if (!account || account.disabledAt !== null || account.deletesAt !== null)
    return refuse(needs, { ...attempt, accountId }, 'disabled')
  const outcome = await entry.complete<'taken'>({
    way: byPasskey,
    account,
    methods: proved.methods,
    tries: { admit: tries },
    work: taking(needs, proved, source),
  })
  if (outcome === 'taken') return refuse(needs, { ...attempt, accountId }, 'challenge')
  const isOver = outcome.kind === 'changed-meanwhile' || outcome.kind === 'duplicate'
  return isOver ? refuse(needs, { ...attempt, accountId }, 'changed-meanwhile') : outcome
}

/** The challenge is used up, and what the authenticator told is kept. */
function taking({ audit }: Pick<Needs, 'audit'>, proved: ProvedPasskey, source: RequestSource) {
  const record = audit.record('passkey.copy-suspected', source, { account: proved.passkey.accountId })
  return async (trx: Store): Promise<'taken' | undefined> => {
    if (!(await proved.take(trx))) return 'taken'
    if (proved.wentBack) await audit.write(trx, record)
    return undefined
  }
}

interface Attempt {
  tries: ReturnType<Services['attempts']['from']>
  source: RequestSource
  accountId?: Buffer
  /** Where no account has it. */
  credential?: string | undefined
}

async function refuse(
  { attempts, audit }: Needs,
  { tries, source, accountId, credential }: Attempt,
  reason: LoginReason,
): Promise<PasskeyLoginOutcome> {
  const record = audit.record('login.failed', source, { account: accountId, reason: `passkey-${reason}` })
  const rateLimited = await attempts.fail(tries, record)
  return rateLimited ?? { kind: 'refused', reason, ...(accountId && { accountId }), ...(credential && { credential }) }
}
