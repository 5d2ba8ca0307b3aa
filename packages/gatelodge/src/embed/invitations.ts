// The functions of `gatelodge.invitations`.
import { stringify } from 'uuid'
import { type JudgedInvitation, listInvitations } from '../capabilities/invitations/list.rules.ts'
import { createInvitation, NewInvitation, revokeInvitation } from '../capabilities/invitations/make.rules.ts'
import { idFrom } from '../identity/ids.ts'
import type { Services } from '../services.ts'
import { GatelodgeRefusal, orderOf } from './managed.ts'
import type { InvitationsInCode, ManagedInvitation } from './managed-contract.ts'

const usual = 50
const most = 1_000

export function invitationsOf(services: Services): InvitationsInCode {
  return {
    async create({ email, groups = [], uses = 1, life, ...because } = {}) {
      const read = NewInvitation.safeParse({ email, groups, uses, life })
      if (!read.success) throw new GatelodgeRefusal('bad-input', read.error.issues[0]?.path.join('.'))
      const outcome = await createInvitation(services, orderOf(because), read.data)
      if (outcome.kind !== 'done')
        throw new GatelodgeRefusal(outcome.kind, outcome.kind === 'no-group' ? outcome.group : undefined)
      return { ...managed({ ...outcome.invitation, state: 'open' }), link: outcome.address ?? null }
    },
    async list({ limit = usual, cursor } = {}) {
      if (!Number.isInteger(limit) || limit < 1 || limit > most) throw new GatelodgeRefusal('bad-input', 'limit')
      const page = await listInvitations(services, { before: cursor, most: limit })
      if (!page) throw new GatelodgeRefusal('bad-input', 'cursor')
      return { invitations: page.invitations.map(managed), next: page.next ?? null }
    },
    async revoke(id, because) {
      const key = idFrom(id)
      const { kind } = key ? await revokeInvitation(services, orderOf(because), key) : { kind: 'no-invitation' }
      if (kind !== 'done') throw new GatelodgeRefusal(kind)
    },
  }
}

const managed = (one: JudgedInvitation): ManagedInvitation => ({
  ...{ id: stringify(one.id), email: one.email, groups: [...one.groups], uses: one.mostUses, used: one.used },
  ...{ state: one.state, createdAt: new Date(one.createdAt), expiresAt: new Date(one.expiresAt) },
})
