// A GET of an email's link (by a scanner, a preview or a prefetch) does not use the link and starts no session.
import { type Attack, eachOf, verdict } from '../attack.ts'
import type { Browser } from '../browser.ts'
import { allLinks, expected, type Link, newOwner, type Owner, press, resetting } from '../links.ts'
import type { Target } from '../target.ts'

const readers: Record<string, string>[] = [
  {},
  { purpose: 'prefetch', 'sec-purpose': 'prefetch;prerender', 'sec-fetch-site': 'none' },
  { 'user-agent': 'Mozilla/5.0 (compatible; LinkScanner/1.0)', 'x-http-method-override': 'POST' },
]

/** All that can be done to a link without posting: with cookies kept, redirects followed, and its fields in the query. */
async function readAll({ site }: Owner, path: string, fields: Record<string, string>): Promise<Browser> {
  const browser = site.browser()
  const query = new URLSearchParams({ ...fields, _method: 'POST' })
  for (const headers of readers) {
    for (const method of ['HEAD', 'GET', 'OPTIONS']) await site.ask({ method, path, headers })
    const { headers: told } = await browser.open(path, headers)
    await browser.open(told.location ?? path, headers)
    await browser.open(`${told.location ?? path}?${query}`, headers)
    await browser.open(`${path}?${query}`, headers)
  }
  return browser
}

const scanned: Attack[] = allLinks.map((link) => ({
  name: `link: ${link.page}/… read by a scanner first`,
  asvs: 'V3.5.3 V6.4.1',
  sent: 'HEAD, GET, OPTIONS, prefetches, redirects followed, the button’s fields in the query; then its owner',
  expected: 'nothing happens before its owner presses the button',
  needsEmails: true,
  async run(target) {
    const ada = await newOwner(target)
    const path = await link.ask(ada)
    await readAll(ada, path, link.fields(ada))
    const isEarly = await link.isDone(ada)
    const { status } = await press(ada.browser, link, path, link.fields(ada))
    const isDone = await link.isDone(ada)
    const came = isEarly ? 'done by reading' : `${status}, ${isDone ? 'done by its owner' : 'used up'}`
    return verdict(!isEarly && isDone && status === 200, came)
  },
}))

const isLetIn = async (target: Target, { email, next }: Owner, browser: Browser) =>
  [email, next].includes((await target.whoIs(browser.cookie)) ?? '')

const letsNobodyIn: Attack = {
  name: 'link: a session by an email alone',
  asvs: 'V6.3.6 V6.4.3 V7.2.4',
  sent: 'each kind of link in a browser of a stranger, opened and its button pressed',
  expected: 'no session of its account',
  needsEmails: true,
  run: (target) =>
    eachOf<Link>(allLinks, async (link) => {
      const ada = await newOwner(target)
      const path = await link.ask(ada)
      const browser = await readAll(ada, path, link.fields(ada))
      const { status } = await press(browser, link, path, link.fields(ada))
      return verdict(!(await isLetIn(target, ada, browser)), String(status))
    }),
}

const address: Attack = {
  name: 'link: its address, told to others',
  asvs: 'V14.2.1 V3.4.5 V14.3.2',
  sent: 'a reset link, opened',
  expected: 'a redirect to an address without it, kept nowhere; no page, header or cookie holds it',
  needsEmails: true,
  async run(target) {
    const ada = await newOwner(target)
    const path = await resetting.ask(ada)
    const token = path.split('/').at(-1) ?? ''
    const browser = ada.site.browser()
    const first = await browser.open(path)
    const page = await browser.open(first.headers.location ?? path)
    expected(token.length > 20 && page.status === 200, `the page of a good link was answered ${page.status}`)
    const isTold = [first, page].some((one) => JSON.stringify(one).includes(token))
    const isKept = [first, page].some(({ headers }) => headers['cache-control'] !== 'no-store')
    const isSent = [first, page].some(
      ({ headers }) => !/^(no-referrer|same-origin)$/.test(headers['referrer-policy'] ?? ''),
    )
    const came = [isTold && 'told', isKept && 'kept', isSent && 'sent as Referer'].filter(Boolean).join(', ')
    return verdict(first.status === 303 && came === '', came || 'a clean address')
  },
}

export const linkReaders: Attack[] = [...scanned, letsNobodyIn, address]
