// Where an account is logged in, for programs, and how that ends.
import { stringify } from 'uuid'
import { z } from 'zod'
import { described } from '../../api/described.ts'
import { operation } from '../../api/operation.ts'
import { moment, nextCursor, nothing, reason } from '../../api/shapes.ts'
import { deviceName } from '../../text/device-name.ts'
import { json, problem } from '../../web/http/answer.ts'
import { account, accountInQuery, actWithoutContent, ofAct } from './for-programs.ts'
import { endSession, endSessions, listSessions } from './sessions.rules.ts'

const Sessions = z.strictObject({
  sessions: z.array(
    z.strictObject({
      id: z.string().meta(described('sessionId')),
      device: z.string().meta(described('deviceName')),
      ...{ client_address: z.string(), since: moment, last_used: moment },
    }),
  ),
  next: nextCursor,
})

export const adminListSessions = operation({
  id: 'adminListSessions',
  method: 'GET',
  path: '/admin/sessions',
  who: 'key',
  admin: { scope: 'accounts:read' },
  body: nothing,
  query: { account: 'accountId', cursor: 'listCursor' },
  answers: { 200: Sessions },
  problems: ['not-found', 'query'],
  async answer(c) {
    const { text } = c.get('services')
    const found = await accountInQuery(c)
    if (!found) return problem(c, 'not-found')
    const page = await listSessions(c.get('services'), found, c.req.query('cursor'))
    if (!page) return problem(c, 'query')
    const sessions = page.sessions.map((one) => ({
      ...{ id: one.id ? stringify(one.id) : '', device: deviceName(text, one.device) },
      client_address: one.clientAddress ?? '',
      ...{ since: new Date(one.createdAt).toISOString(), last_used: new Date(one.lastSeenAt).toISOString() },
    }))
    return json(c, 200, { sessions, next: page.next ?? null } satisfies z.output<typeof Sessions>)
  },
})

export const adminRevokeSession = operation({
  id: 'adminRevokeSession',
  method: 'POST',
  path: '/admin/sessions/revoke',
  who: 'key',
  admin: { scope: 'accounts:write' },
  body: z.object({ account, session: z.string().meta(described('sessionId')), reason }),
  answers: { 204: null },
  problems: ofAct,
  answer: (c, { session, ...given }) => actWithoutContent(c, endSession, given, { session }),
})

export const adminRevokeSessions = operation({
  id: 'adminRevokeSessions',
  method: 'POST',
  path: '/admin/sessions/revoke-all',
  who: 'key',
  admin: { scope: 'accounts:write' },
  body: z.object({ account, reason }),
  answers: { 204: null },
  problems: ofAct,
  answer: (c, given) => actWithoutContent(c, endSessions, given, {}),
})
