// The answer that takes the data along, for people and for programs.
import { answer } from '../../web/answer.ts'
import type { Context } from '../../web/context.ts'
import { sessionOf } from '../../web/guards.ts'
import { privateAnswer } from '../../web/headers.ts'
import { note } from '../../web/note.ts'
import { collect } from './collect.ts'

/** Behind a guard: the owner's data go to whoever is logged in. */
export async function answerExport(c: Context, headers: Record<string, string> = {}): Promise<Response> {
  const { account } = await sessionOf(c)
  const pieces = await collect(c.get('services'), account)
  note(c, 'data.exported', { account: account.id })
  return answer(c, 200, ReadableStream.from(pieces).pipeThrough(new TextEncoderStream()), {
    ...privateAnswer,
    'content-type': 'application/json; charset=utf-8',
    ...headers,
  })
}
