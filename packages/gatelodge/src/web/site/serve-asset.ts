// Hands out the built files. Browsers keep them for good.
import { days } from '../../time.ts'
import { answer } from '../http/answer.ts'
import type { Context } from '../http/context.ts'
import { failure } from '../http/error-pages.tsx'

export function serveAsset(c: Context): Response | Promise<Response> {
  const file = c.get('site').assets.files.get(c.req.param('file') ?? '')
  if (!file) return failure(c, 'not-found')
  const accepted = c.req.header('accept-encoding') ?? ''
  const encoding = (['br', 'gzip'] as const).find((one) => file[one] && accepted.includes(one))
  return answer(c, 200, (encoding && file[encoding]) ?? file.plain, {
    'content-type': file.type,
    'cache-control': `public, max-age=${days(365) / 1000}, immutable`,
    vary: 'accept-encoding',
    ...(encoding && { 'content-encoding': encoding }),
  })
}
