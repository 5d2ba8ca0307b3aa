// 403: the form did not come from a page of ours. The page names the cause, and where to go on.
import { paths } from '../../paths.ts'
import { page } from '../http/answer.ts'
import type { Context } from '../http/context.ts'
import { RefusalPage } from '../http/error-pages.tsx'
import type { Cause } from './same-site-rule.ts'

/** Nothing of what was sent is shown: another site may have written it. */
export function notOurPage(c: Context, cause: Cause): Response | Promise<Response> {
  const { settings } = c.get('services')
  const site = c.get('site')
  const texts = site.text.notOurPage
  const props = { site, ...texts[cause] }
  if (cause === 'no-source') return page(c, 403, <RefusalPage {...props} {...wayToForm(c, texts[cause].again)} />)
  if (cause !== 'other-address') return page(c, 403, <RefusalPage {...props} />)
  const address = settings.baseUrl + new URL(c.req.url).pathname
  const way = { href: address, words: texts.open({ address }) }
  const seen = c.req.header('origin') ?? c.req.header('referer') ?? ''
  return page(
    c,
    403,
    <RefusalPage {...props} way={way}>
      {settings.mode === 'development' && (
        <p>{texts.forDevelopers({ seen: seen.slice(0, 100), expected: settings.baseUrl })}</p>
      )}
    </RefusalPage>,
  )
}

/**
 * The form's page by its plain address: text browsers send a Referer with a form of a page that a link led to. Only an
 * address of ours, never one that the request wrote. With a slash that is taken off on the way: lynx would take the very
 * address of the refused form for that form, and offer to send it once more.
 */
function wayToForm(c: Context, words: string) {
  // A form below an address with a name or an id in it: the longest of our addresses that it stands below.
  const above = Object.values<string>(paths).filter((path) => c.req.path === path || c.req.path.startsWith(`${path}/`))
  const asked = above.toSorted((one, other) => other.length - one.length)[0] ?? paths.home
  const href = pagesOfForms[asked] ?? asked
  return href !== paths.home && href !== paths.mailbox ? { way: { href: `${href}/`, words } } : {}
}

/** Of the forms that stand elsewhere. The button to cancel is on the page of whatever step is due, where this leads. */
const pagesOfForms: Record<string, string> = {
  [paths.cancelLogin]: paths.continueLogin,
  [paths.passkeyLogin]: paths.login,
  [paths.connect]: paths.login,
  [paths.registerPasskey]: paths.register,
}
