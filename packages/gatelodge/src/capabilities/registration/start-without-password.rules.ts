// Behind the link of someone who registered without a password: the passkey is made there, or a password is chosen instead.
// Knows no HTTP and no SQL.
import type { RequestSource } from '../../identity/audit/request-source.ts'
import type { PasskeyAsking } from '../../identity/passkeys/challenge.ts'
import type { CreationOptions, PasskeyProblem } from '../../identity/passkeys/rules.ts'
import type { PasswordRefusal } from '../../identity/passwords/policy.ts'
import type { Waiting } from '../../identity/registrations/storage.ts'
import type { Services } from '../../services.ts'
import type { LoginEntry } from '../../web/session/complete-login.ts'
import { addressOf, type MadeOutcome, makeAccount } from './make-account.rules.ts'
import { byStartLink, byStartPasskey } from './way-in.ts'

export type NewWayOutcome =
  | Exclude<MadeOutcome, { kind: 'used' }>
  | { kind: 'refused'; problems: { field: 'new_password'; code: PasswordRefusal }[] }
  | { kind: 'passkey-refused'; reason: PasskeyProblem }
  /** An account has this very one: no authenticator makes the same twice. */
  | { kind: 'passkey-exists' }

type Needs = Parameters<typeof makeAccount>[0] &
  Pick<Services, 'passwords' | 'passwordPolicy' | 'passkeys' | 'hashing' | 'text'>

/** The challenge is for this link: the next one of the same person has others. */
const asking = ({ tokenHash }: Waiting): PasskeyAsking => ({ ceremony: 'register', by: tokenHash })

/** What the browser is asked, to make the passkey; undefined where a password was chosen. */
export function startOptions({ passkeys }: Pick<Needs, 'passkeys'>, waiting: Waiting): CreationOptions | undefined {
  if (waiting.hash !== null) return undefined
  const { accountId: id, name, email } = waiting
  return passkeys.askForNew({ id, name, email, passwordChangedAt: null }, asking(waiting), [])
}

/** @throws {Busy} where too many passwords are being hashed. */
export async function startWithoutPassword(
  needs: Needs,
  waiting: Waiting,
  { answer, new_password }: { answer?: unknown; new_password?: string | undefined },
  entry: LoginEntry,
  source: RequestSource,
): Promise<NewWayOutcome> {
  if (answer !== undefined) return withPasskey(needs, waiting, answer, entry, source)
  return withPassword(needs, waiting, new_password ?? '', entry, source)
}

async function withPasskey(
  needs: Needs,
  waiting: Waiting,
  answer: unknown,
  entry: LoginEntry,
  source: RequestSource,
): Promise<NewWayOutcome> {
  const { database, accounts, passkeys, text } = needs
  const judged = await passkeys.judgeNew(answer, asking(waiting), { id: waiting.accountId })
  if (judged.kind === 'wrong') return { kind: 'passkey-refused', reason: judged.reason }
  const { passkey, methods, store } = judged
  passkey.name ||= text.passkeys.unnamed
  const outcome = await makeAccount(needs, { waiting, entry, source, way: byStartPasskey, methods, give: store })
  if (outcome.kind === 'used') return { kind: 'passkey-refused', reason: 'challenge' }
  if (outcome.kind !== 'taken' || (await accounts.isTaken(database.db, addressOf(waiting)))) return outcome
  return { kind: 'passkey-exists' }
}

async function withPassword(
  needs: Needs,
  waiting: Waiting,
  password: string,
  entry: LoginEntry,
  source: RequestSource,
): Promise<NewWayOutcome> {
  const { clock, passwords, passwordPolicy, hashing } = needs
  const weakness = await passwordPolicy.judge(password, waiting)
  if (weakness) return { kind: 'refused', problems: [{ field: 'new_password', code: weakness }] }
  const hash = await hashing.hash(password, source.clientAddress)
  const now = clock.now()
  const outcome = await makeAccount(needs, {
    ...{ waiting, entry, source, way: byStartLink, methods: { pwd: now } },
    async give(trx, accountId) {
      await passwords.insert(trx, accountId, hash, now)
      return true
    },
  })
  if (outcome.kind === 'used') throw new Error('a password is not used up')
  return outcome
}
