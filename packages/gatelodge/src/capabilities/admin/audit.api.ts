// The record for programs: who did what to which account, the newest in front.
import { stringify } from 'uuid'
import { z } from 'zod'
import { described } from '../../api/described.ts'
import { limitFrom, wrongQuery } from '../../api/list-query.ts'
import { operation } from '../../api/operation.ts'
import { moment, nextCursor, nothing } from '../../api/shapes.ts'
import { idFrom } from '../../identity/ids.ts'
import { deviceName } from '../../text/device-name.ts'
import { json } from '../../web/http/answer.ts'

const text = z.string().nullable()

const Records = z.strictObject({
  records: z.array(
    z.strictObject({
      id: z.uuid(),
      at: moment,
      event: z.string().meta(described('eventName')),
      outcome: z.string().meta(described('eventOutcome')),
      account: z.uuid().nullable().meta(described('accountId')),
      actor: text.meta(described('actor')),
      reason: text.meta(described('recordReason')),
      note: text.meta(described('recordNote')),
      ...{ device: z.string(), client_address: z.string() },
    }),
  ),
  next: nextCursor,
})

export const adminListRecords = operation({
  id: 'adminListRecords',
  method: 'GET',
  path: '/admin/audit',
  who: 'key',
  admin: { scope: 'audit:read' },
  body: nothing,
  query: { account: 'accountId', limit: 'listLimit', cursor: 'listCursor' },
  answers: { 200: Records },
  problems: ['query'],
  async answer(c) {
    const { audit, text } = c.get('services')
    const given = c.req.query()
    const most = limitFrom(given.limit)
    const [account, before] = [given.account, given.cursor].map((id) =>
      id === undefined ? undefined : (idFrom(id) ?? null),
    )
    if (most === undefined || account === null || before === null) return wrongQuery(c)
    const found = await audit.latest({ account, before, most: most + 1 })
    const records = found.slice(0, most).map((one) => ({
      ...{ id: stringify(one.id), at: new Date(one.at).toISOString(), event: one.event, outcome: one.outcome },
      ...{ account: one.accountId && stringify(one.accountId), actor: one.actor ?? null, reason: one.reason },
      ...{ note: one.note ?? null, device: deviceName(text, one.device), client_address: one.clientAddress },
    }))
    const next = found.length > most ? (records.at(-1)?.id ?? null) : null
    return json(c, 200, { records, next } satisfies z.output<typeof Records>)
  },
})
