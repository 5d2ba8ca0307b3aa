// By which providers an account is logged in to, for programs, and how one is taken away.
import { stringify } from 'uuid'
import { z } from 'zod'
import { described } from '../../api/described.ts'
import { operation } from '../../api/operation.ts'
import { moment, nothing, reason } from '../../api/shapes.ts'
import { json, problem } from '../../web/http/answer.ts'
import { removeConnection } from './connections.rules.ts'
import { account, accountInQuery, actWithoutContent, ofAct } from './for-programs.ts'

const Connections = z.strictObject({
  connections: z.array(
    z.strictObject({
      id: z.string().meta(described('connectionId')),
      provider: z.string().meta(described('providerOfConnection')),
      email: z.string().nullable().meta(described('emailOfConnection')),
      ...{ added_at: moment, last_used_at: moment.nullable() },
    }),
  ),
})

export const adminListConnections = operation({
  id: 'adminListConnections',
  method: 'GET',
  path: '/admin/connections',
  who: 'key',
  admin: { scope: 'accounts:read' },
  body: nothing,
  query: { account: 'accountId' },
  answers: { 200: Connections },
  problems: ['not-found'],
  async answer(c) {
    const { connections, database } = c.get('services')
    const found = await accountInQuery(c)
    if (!found) return problem(c, 'not-found')
    const all = await connections.rows.ofAccount(database.db, found.id)
    const listed = all.map((one) => ({
      ...{ id: stringify(one.id), provider: one.provider, email: one.email },
      added_at: new Date(one.createdAt).toISOString(),
      last_used_at: one.lastUsedAt === null ? null : new Date(one.lastUsedAt).toISOString(),
    }))
    return json(c, 200, { connections: listed } satisfies z.output<typeof Connections>)
  },
})

export const adminRemoveConnection = operation({
  id: 'adminRemoveConnection',
  method: 'POST',
  path: '/admin/connections/remove',
  who: 'key',
  admin: { scope: 'accounts:write' },
  body: z.object({ account, connection: z.string().meta(described('connectionId')), reason }),
  answers: { 204: null },
  problems: [...ofAct, 'last-way-in'],
  answer: (c, { connection, ...given }) => actWithoutContent(c, removeConnection, given, { connection }),
})
