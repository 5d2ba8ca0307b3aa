// Hands out the built files. Browsers keep them for good.
import { days, type Milliseconds } from '../../time.ts'
import { answer } from '../http/answer.ts'
import type { Context } from '../http/context.ts'
import { failure } from '../http/error-pages.tsx'
import type { AssetFile } from './assets.ts'

export function serveAsset(c: Context): Response | Promise<Response> {
  const file = c.get('site').assets.files.get(c.req.param('file') ?? '')
  return file ? sent(c, file, { life: days(365), isFixed: true }) : failure(c, 'not-found')
}

/** Browsers ask for it by themselves, beside whatever is no page. Its name stays when the picture changes. */
export function serveFavicon(c: Context): Response {
  return sent(c, c.get('site').assets.favicon, { life: days(7), isFixed: false })
}

function sent(c: Context, file: AssetFile, { life, isFixed }: { life: Milliseconds; isFixed: boolean }): Response {
  const accepted = c.req.header('accept-encoding') ?? ''
  const encoding = (['br', 'gzip'] as const).find((one) => file[one] && accepted.includes(one))
  return answer(c, 200, (encoding && file[encoding]) ?? file.plain, {
    'content-type': file.type,
    'cache-control': `public, max-age=${life / 1000}${isFixed ? ', immutable' : ''}`,
    vary: 'accept-encoding',
    ...(encoding && { 'content-encoding': encoding }),
  })
}
