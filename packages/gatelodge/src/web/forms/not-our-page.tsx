// 403: the form did not come from a page of ours. The page names the cause, and where to go on.
import { text } from '../../text/en.ts'
import { page } from '../http/answer.ts'
import type { Context } from '../http/context.ts'
import { RefusalPage } from '../http/error-pages.tsx'
import type { Cause } from './same-site-rule.ts'

/** Nothing of what was sent is shown: another site may have written it. */
export function notOurPage(c: Context, cause: Cause): Response | Promise<Response> {
  const { settings } = c.get('services')
  const [title, lead] = text.notOurPage[cause]
  const props = { site: c.get('site'), title, lead }
  if (cause !== 'other-address') return page(c, 403, <RefusalPage {...props} />)
  const address = settings.baseUrl + new URL(c.req.url).pathname
  const way = { href: address, words: text.notOurPage.open(address) }
  const seen = c.req.header('origin') ?? c.req.header('referer') ?? ''
  return page(
    c,
    403,
    <RefusalPage {...props} way={way}>
      {settings.mode === 'development' && <p>{text.notOurPage.forDevelopers(seen.slice(0, 100), settings.baseUrl)}</p>}
    </RefusalPage>,
  )
}
