// Rows with a token that expire by themselves: tokens, logins under way, trusted devices, unfinished registrations, used challenges.
import type { Store } from './transaction.ts'

type Expiring =
  | 'gatelodge_tokens'
  | 'gatelodge_logins_under_way'
  | 'gatelodge_trusted_devices'
  | 'gatelodge_used_challenges'
  | 'gatelodge_registrations'

/** Of one transaction: a long one would keep others waiting. */
const batch = 1_000

/** @returns how many rows were removed, at most a thousand. */
export async function removeExpired(store: Store, table: Expiring, now: number): Promise<number> {
  const old = await store.selectFrom(table).select('token_hash').where('expires_at', '<=', now).limit(batch).execute()
  if (old.length === 0) return 0
  const hashes = old.map((row) => row.token_hash)
  await store.deleteFrom(table).where('token_hash', 'in', hashes).execute()
  return old.length
}
