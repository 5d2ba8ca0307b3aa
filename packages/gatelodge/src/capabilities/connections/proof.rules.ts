// What a provider has proved, once its answer was checked; and what is stored of it.
import type { ConnectionSetting } from '../../config/connections.ts'
import type { Store } from '../../database/transaction.ts'
import type { Profile } from '../../identity/connections/profile.ts'
import type { ProviderConnection } from '../../identity/connections/storage.ts'
import { newId } from '../../identity/ids.ts'
import { usedChallenges } from '../../identity/passkeys/storage.ts'
import type { Services } from '../../services.ts'

export interface ProviderProof {
  setting: ConnectionSetting
  profile: Profile
  /** The one question that it answers, and until when that may be answered. */
  state: string
  until: number
}

/** One answer opens one thing, however many copies of it come (OAuth 2.0 Security BCP, RFC 9700, section 4.7). */
export function taking({ database }: Pick<Services, 'database'>, { state, until }: ProviderProof) {
  const by = newId()
  return (trx: Store) => usedChallenges.take(trx, database.dialect, `connection ${state}`, { by, until })
}

/** Made before the first try, so that a retry stores the same. */
export function newConnection(
  { clock }: Pick<Services, 'clock'>,
  { setting, profile }: Pick<ProviderProof, 'setting' | 'profile'>,
  accountId: Buffer,
): ProviderConnection {
  const now = clock.now()
  const { issuer, subject, email = null } = profile
  return {
    ...{ id: newId(), accountId, provider: setting.name, issuer, subject, email },
    ...{ createdAt: now, lastUsedAt: now },
  }
}
