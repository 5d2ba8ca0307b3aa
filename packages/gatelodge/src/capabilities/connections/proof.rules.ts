// What a provider has proved, once its answer was checked.
import type { ConnectionSetting } from '../../config/connections.ts'
import type { Store } from '../../database/transaction.ts'
import type { Profile } from '../../identity/connections/profile.ts'
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
