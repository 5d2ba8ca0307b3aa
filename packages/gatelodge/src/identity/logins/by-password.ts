// An address and a password as a proof, wherever they are typed as a way in: at the log-in, and in a registration whose address
// has an account. The limits, the work and the record are the same for both. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import type { Clock } from '../../time.ts'
import type { Attempts, RateLimited, Tries } from '../attempts/rules.ts'
import type { RequestSource } from '../audit/request-source.ts'
import type { Audit } from '../audit/rules.ts'
import type { Hashing, Verdict } from '../passwords/hashing.ts'
import type { Credential, passwords } from '../passwords/storage.ts'
import type { Device } from './device.ts'
import type { Login } from './login.ts'

export type Reason = 'unknown' | 'wrong' | 'disabled' | 'changed-meanwhile'

/** People read one sentence for all of these; the reason is for the record and the log. */
export interface LoginRefused {
  kind: 'refused'
  reason: Reason
  accountId?: Buffer
}

export type LoginRefusal = LoginRefused | RateLimited

export interface ProvedPassword {
  kind: 'proved'
  login: Pick<Login, 'account' | 'methods' | 'tries' | 'outdatedHash'>
  /** Where the log-in did not go on because something changed meanwhile: it counts as a wrong password. */
  refuse(): Promise<LoginRefusal>
}

interface Needs {
  clock: Clock
  database: { db: Store }
  passwords: typeof passwords
  hashing: Hashing
  attempts: Attempts
  audit: Audit
}

const nobody = Buffer.alloc(16)

/**
 * One SELECT, one look at the limits and one argon2id verification, whatever the address and the password are; a wrong one is
 * counted in one transaction, as a right one is in that of its session (ASVS V6.3.8).
 * @throws {Busy} where too many passwords are being hashed. @throws {Unavailable} where the database is away.
 */
export async function provePassword(
  needs: Needs,
  { email, password }: { email: string; password: string },
  device: Device,
  source: RequestSource,
): Promise<ProvedPassword | LoginRefusal> {
  const { database, passwords, hashing, attempts, clock } = needs
  const credential = await passwords.findByAddress(database.db, email)
  const isKnownDevice = device.isKnownTo(credential?.accountId ?? nobody, credential?.passwordVersion ?? 0)
  const tries = attempts.ofLogin(email, source.clientAddress, isKnownDevice ? device.id : undefined)
  const rateLimited = await attempts.rateLimited(tries)
  if (rateLimited) return rateLimited

  const isRefused = credential?.isDisabled
  const verdict = await hashing.verify(password, credential?.hash ?? undefined, source.clientAddress, isRefused)
  const attempt = { email, credential, tries, source }
  const reason = reasonToRefuse(credential, verdict)
  if (reason || !credential) return refuse(needs, attempt, reason ?? 'unknown')
  return {
    kind: 'proved',
    login: {
      account: { ...credential, id: credential.accountId },
      methods: { pwd: clock.now() },
      // A stranger's tries are forgotten by time alone; those on a device of its owner by a right password, too.
      tries: { admit: tries, forgets: isKnownDevice },
      ...(verdict === 'ok-and-rehash' && { outdatedHash: { hash: credential.hash, password } }),
    },
    refuse: () => refuse(needs, attempt, 'changed-meanwhile'),
  }
}

function reasonToRefuse(credential: Credential | undefined, verdict: Verdict): Reason | undefined {
  if (!credential) return 'unknown'
  if (verdict === 'no') return 'wrong'
  return credential.isDisabled ? 'disabled' : undefined
}

interface Attempt {
  email: string
  credential: Credential | undefined
  tries: Tries
  source: RequestSource
}

/** Answered only where there was room for one more try: of many at once, the others learn nothing. */
async function refuse(
  { attempts, audit }: Needs,
  { email, credential, tries, source }: Attempt,
  reason: Reason,
): Promise<LoginRefusal> {
  const account = credential?.accountId
  const record = audit.record('login.failed', source, { account, typedAddress: email, reason })
  const rateLimited = await attempts.fail(tries, record)
  return rateLimited ?? { kind: 'refused', reason, ...(account && { accountId: account }) }
}
