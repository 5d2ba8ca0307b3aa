import { gunzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { raw } from 'hono/html'
import { expect, it } from 'vitest'
import { makeApp, throwawayDatabase } from '../../../tests/support/make-app.ts'
import type { AppEnv } from './context.ts'
import { keptDocument } from './kept-document.ts'
import { keptPage } from './kept-page.ts'
import { begin } from './request.ts'

it('V15.2.2 a large document is made once, and each answer has the same bytes', () => {
  let made = 0
  const document = keptDocument(() => ({ made: ++made }))
  const first = document()
  expect([document().plain === first.plain, document().gzip === first.gzip, made]).toEqual([true, true, 1])
  expect(String(gunzipSync(first.gzip))).toBe('{"made":1}')
})

it('V15.2.2 a page that is the same for everyone is made once for each site', async () => {
  let made = 0
  const app = await makeApp(throwawayDatabase(), { basePath: '/auth' })
  const host = new Hono<AppEnv>()
  host.use(begin(app.services, []))
  host.get(
    '/',
    keptPage(() => {
      made += 1
      return raw('<a href="/login">the same for all</a>')
    }),
  )
  const read = async (encoding: string) => {
    const answer = await host.request('/', { headers: { 'accept-encoding': encoding } })
    const bytes = Buffer.from(await answer.arrayBuffer())
    return String(answer.headers.get('content-encoding') === 'gzip' ? gunzipSync(bytes) : bytes)
  }
  for (const encoding of ['gzip', 'identity', 'gzip;q=0'])
    expect(await read(encoding)).toBe('<a href="/auth/login">the same for all</a>')
  expect(made).toBe(1)
  await app.close()
})
