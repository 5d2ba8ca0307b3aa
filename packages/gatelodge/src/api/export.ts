import { z } from 'zod'
import { collect } from '../capabilities/export/collect.ts'
import { answer } from '../web/answer.ts'
import { sessionOf } from '../web/guards.ts'
import { privateAnswer } from '../web/headers.ts'
import { note } from '../web/note.ts'
import { operation } from './operation.ts'
import { moment, nothing } from './shapes.ts'

const list = z.array(z.record(z.string(), z.unknown()))

/** The document that people download, too: it grows with what is stored. */
const Exported = z.strictObject({
  exportedAt: moment,
  account: z.record(z.string(), z.unknown()),
  devices: list,
  letters: list,
  links: list,
  activity: list,
})

export const exportData = operation({
  id: 'exportData',
  method: 'GET',
  path: '/export',
  who: 'logged-in',
  body: nothing,
  answers: { 200: Exported },
  problems: [],
  async answer(c) {
    const { account } = await sessionOf(c)
    const pieces = await collect(c.get('services'), account)
    note(c, 'data.exported', { account: account.id })
    return answer(c, 200, ReadableStream.from(pieces).pipeThrough(new TextEncoderStream()), {
      ...privateAnswer,
      'content-type': 'application/json; charset=utf-8',
    })
  },
})
