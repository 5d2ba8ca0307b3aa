// Invitations for programs with a key.
import { stringify } from 'uuid'
import { z } from 'zod'
import { orderByKey } from '../../api/admin-key.ts'
import { done, refused } from '../../api/answers.ts'
import { described } from '../../api/described.ts'
import { limitFrom, wrongQuery } from '../../api/list-query.ts'
import { operation } from '../../api/operation.ts'
import { moment, nextCursor, nothing, reason } from '../../api/shapes.ts'
import { idFrom } from '../../identity/ids.ts'
import type { Problem } from '../../text/problem-text.ts'
import { rateLimitedProblem } from '../../web/forms/rate-limited.ts'
import { json, problem } from '../../web/http/answer.ts'
import type { Context } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { createByKey } from './by-key.rules.ts'
import { type JudgedInvitation, listInvitations } from './list.rules.ts'
import { longestLife, type Made, mostUses, revokeInvitation, shortestLife } from './make.rules.ts'

const Listed = z.strictObject({
  id: z.uuid().meta(described('invitationId')),
  email: z.string().nullable().meta(described('invitedEmail')),
  groups: z.array(z.string()).meta(described('groups')),
  uses: z.int().meta(described('invitationUses')),
  used: z.int(),
  state: z.enum(['open', 'used', 'expired', 'revoked']),
  ...{ created_at: moment, expires_at: moment, created_by: z.string().meta(described('actor')) },
})

const Created = Listed.extend({ link: z.string().nullable().meta(described('invitationLink')) })

const Invitations = z.strictObject({ invitations: z.array(Listed), next: nextCursor })

const asJson = (one: JudgedInvitation): z.output<typeof Listed> => ({
  ...{ id: stringify(one.id), email: one.email, groups: [...one.groups], uses: one.mostUses, used: one.used },
  ...{ state: one.state, created_at: new Date(one.createdAt).toISOString() },
  ...{ expires_at: new Date(one.expiresAt).toISOString(), created_by: one.actor },
})

export const adminListInvitations = operation({
  id: 'adminListInvitations',
  method: 'GET',
  path: '/admin/invitations',
  who: 'key',
  admin: { scope: 'invitations:read' },
  body: nothing,
  query: { limit: 'listLimit', cursor: 'listCursor' },
  answers: { 200: Invitations },
  problems: ['query'],
  async answer(c) {
    const { limit, cursor } = c.req.query()
    const most = limitFrom(limit)
    const found = most && (await listInvitations(c.get('services'), { before: cursor, most }))
    if (!found) return wrongQuery(c)
    const page = { invitations: found.invitations.map(asJson), next: found.next ?? null }
    return json(c, 200, page satisfies z.output<typeof Invitations>)
  },
})

export const adminCreateInvitation = operation({
  id: 'adminCreateInvitation',
  method: 'POST',
  path: '/admin/invitations',
  who: 'key',
  admin: { scope: 'invitations:write' },
  body: z.object({
    email: z.string().optional().meta(described('invitedEmail')),
    groups: z.array(z.string()).default([]).meta(described('invitationGroups')),
    uses: z.int().min(1).max(mostUses).default(1).meta(described('invitationUses')),
    expires_at: z.iso.datetime({ offset: true }).optional().meta(described('invitationExpires')),
    reason,
  }),
  answers: { 201: Created },
  problems: ['fields', 'email-not-set-up'],
  async answer(c, { expires_at, reason, ...given }) {
    const services = c.get('services')
    const life = expires_at === undefined ? undefined : Date.parse(expires_at) - services.clock.now()
    if (life !== undefined && (life < shortestLife || life > longestLife))
      return refused(c, [{ field: 'expires_at', code: 'form' }])
    const outcome = await createByKey(services, orderByKey(c, reason), { ...given, life })
    if (outcome.kind === 'not-by-key') return problem(c, 'key-scope')
    if (outcome.kind !== 'done') return notMade(c, outcome)
    const made = { ...asJson({ ...outcome.invitation, state: 'open' }), link: outcome.address ?? null }
    return json(c, 201, made satisfies z.output<typeof Created>)
  },
})

export const adminRevokeInvitation = operation({
  id: 'adminRevokeInvitation',
  method: 'POST',
  path: '/admin/invitations/revoke',
  who: 'key',
  admin: { scope: 'invitations:write' },
  body: z.object({ invitation: z.string().meta(described('invitationId')), reason }),
  answers: { 204: null },
  problems: ['not-found', 'state'],
  async answer(c, { invitation, reason }) {
    const id = idFrom(invitation)
    const outcome = id && (await revokeInvitation(c.get('services'), orderByKey(c, reason), id))
    if (!outcome || outcome.kind === 'no-invitation') return problem(c, 'not-found')
    return outcome.kind === 'over' ? problem(c, 'state') : done(c)
  },
})

type Refusal = Exclude<Made, { kind: 'done' | 'rate-limited' | 'email-not-set-up' }>['kind']

const problems: Record<Refusal, Problem> = {
  'bad-address': { field: 'email', code: 'form' },
  'one-use': { field: 'uses', code: 'one' },
  'no-group': { field: 'groups', code: 'unknown' },
  'no-administrators': { field: 'groups', code: 'administrators' },
  'too-many-groups': { field: 'groups', code: 'too-many' },
}

function notMade(c: Context, outcome: Exclude<Made, { kind: 'done' }>): Response {
  if (outcome.kind === 'email-not-set-up') return problem(c, 'email-not-set-up')
  if (outcome.kind !== 'rate-limited') return refused(c, [problems[outcome.kind]])
  logEvent(c, 'invitation.rate-limited', { wait: outcome.wait })
  return rateLimitedProblem(c, outcome.wait)
}
