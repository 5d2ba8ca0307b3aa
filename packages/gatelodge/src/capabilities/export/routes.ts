import { Hono } from 'hono'
import { answer } from '../../web/answer.ts'
import type { AppEnv } from '../../web/context.ts'
import { loggedIn, sessionOf } from '../../web/guards.ts'
import { privateAnswer } from '../../web/headers.ts'
import { note } from '../../web/note.ts'
import { paths } from '../../web/paths.ts'
import { collect } from './collect.ts'

export const dataExport = new Hono<AppEnv>()

dataExport.get(paths.export, loggedIn, async (c) => {
  const { account } = await sessionOf(c)
  const pieces = await collect(c.get('services'), account)
  note(c, 'data.exported', { account: account.id })
  return answer(c, 200, ReadableStream.from(pieces).pipeThrough(new TextEncoderStream()), {
    ...privateAnswer,
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': 'attachment; filename="gatelodge-export.json"',
  })
})
