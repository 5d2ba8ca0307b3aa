// An invitation that a program makes with its key. Knows no HTTP and no SQL.
import type { z } from 'zod'
import { administratorsGroup } from '../../identity/groups/names.ts'
import type { Scope } from '../../identity/keys/scopes.ts'
import type { Services } from '../../services.ts'
import { createInvitation, type InvitationOrder, type Made, type NewInvitation } from './make.rules.ts'

interface KeyOrder extends InvitationOrder {
  /** What the key may do. */
  scopes: readonly Scope[]
}

/**
 * An invitation to a group is a way into it: a key that may not change who is in groups makes none. No key makes an
 * administrator, whatever its scopes (ASVS V8.2.1). The refusal is recorded.
 */
export async function createByKey(
  services: Services,
  { scopes, ...order }: KeyOrder,
  input: z.output<typeof NewInvitation>,
): Promise<Made | { kind: 'not-by-key' }> {
  const { groups } = input
  const isRefused = groups.includes(administratorsGroup) || (groups.length > 0 && !scopes.includes('groups:write'))
  if (!isRefused) return createInvitation(services, order, input)
  const { audit, database } = services
  const about = { actor: order.actor, reason: 'create-invitation' }
  await audit.write(database.db, audit.record('key.refused', order.source, about))
  return { kind: 'not-by-key' }
}
