// The answer that takes the data along, for people and for programs.
import { answer } from '../../web/http/answer.ts'
import type { Context } from '../../web/http/context.ts'
import { privateAnswer } from '../../web/http/headers.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { sessionOf } from '../../web/session/guards.ts'
import { collect } from './rules.ts'

/** Behind a guard: the owner's data go to anyone who is logged in. */
export async function answerExport(c: Context, headers: Record<string, string> = {}): Promise<Response> {
  const { account } = await sessionOf(c)
  const pieces = await collect(c.get('services'), account)
  logEvent(c, 'data.exported', { account: account.id })
  return answer(c, 200, ReadableStream.from(pieces).pipeThrough(new TextEncoderStream()), {
    ...privateAnswer,
    'content-type': 'application/json; charset=utf-8',
    ...headers,
  })
}
