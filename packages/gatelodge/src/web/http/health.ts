// For machines: is the process alive, is it ready to serve. No details for strangers.
import { Hono } from 'hono'
import { paths } from '../../paths.ts'
import { answer } from './answer.ts'
import type { AppEnv, Context } from './context.ts'
import { privateAnswer } from './headers.ts'

export const health = new Hono<AppEnv>()
  .get(paths.alive, (c) => plain(c, true))
  .get(paths.ready, async (c) => plain(c, await c.get('services').readiness.now()))

function plain(c: Context, isWell: boolean): Response {
  const headers = { ...privateAnswer, 'content-type': 'text/plain; charset=utf-8' }
  return answer(
    c,
    isWell ? 200 : 503,
    isWell ? 'ok\n' : 'not ready\n',
    isWell ? headers : { ...headers, 'retry-after': '5' },
  )
}
