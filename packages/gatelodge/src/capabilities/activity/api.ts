import { z } from 'zod'
import { described } from '../../api/described.ts'
import { operation } from '../../api/operation.ts'
import { moment, nextPage, nothing } from '../../api/shapes.ts'
import { deviceName } from '../../text/device-name.ts'
import { json } from '../../web/http/answer.ts'
import { sessionOf } from '../../web/session/guards.ts'
import { listActivity as list } from './rules.ts'

const Activity = z.strictObject({
  events: z.array(
    z.strictObject({
      id: z.uuid(),
      at: moment,
      event: z.string().meta(described('eventName')),
      outcome: z.string().meta(described('eventOutcome')),
      device: z.string().meta(described('deviceName')),
      client_address: z.string(),
    }),
  ),
  next: nextPage,
})

export const listActivity = operation({
  id: 'listActivity',
  method: 'GET',
  path: '/account/activity',
  who: 'logged-in',
  body: nothing,
  query: { before: 'pageBefore' },
  answers: { 200: Activity },
  problems: [],
  async answer(c) {
    const { account } = await sessionOf(c)
    const { events, next } = await list(c.get('services'), account.id, { before: c.req.query('before') })
    const listed = events.map(({ id, at, event, outcome, device, clientAddress }) => ({
      ...{ id, at: new Date(at).toISOString(), event, outcome },
      ...{ device: device ? deviceName(c.get('site').text, device) : '', client_address: clientAddress },
    }))
    return json(c, 200, { events: listed, next: next ?? null } satisfies z.output<typeof Activity>)
  },
})
