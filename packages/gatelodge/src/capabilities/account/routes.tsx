import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { paths } from '../../paths.ts'
import { isEmpty, takeFlash } from '../../web/forms/flash.ts'
import { sessionFormToken } from '../../web/forms/form-token.ts'
import { filledPage, page } from '../../web/http/answer.ts'
import type { AppEnv } from '../../web/http/context.ts'
import { pageTemplate } from '../../web/http/page-template.ts'
import { loggedInCounting, sessionOf } from '../../web/session/guards.ts'
import type { Site } from '../../web/site/site.ts'
import { type AccountPageRow, accountSections, type Shown } from '../../web/ui/account-row.tsx'
import { AccountPage, initialsOf } from './pages.tsx'

export const account = new Hono<AppEnv>()

account.get(paths.account, loggedInCounting, async (c) => {
  const { account, tokenHash, counts, methods } = await sessionOf(c)
  if (!counts) throw new Error('the guard of this route did not ask for the counts')
  const [site, rows] = [c.get('site'), c.get('accountRows')]
  const words = { token: sessionFormToken(c, tokenHash), name: account.name, initials: initialsOf(account.name) }
  const says = saidBy(rows, { site, token: words.token, account, counts, methods, now: c.get('services').clock.now() })
  const flash = takeFlash(c)
  if (isEmpty(flash)) return filledPage(c, quietPage(rows)(site, { ...words, ...says }))
  return page(c, 200, <AccountPage {...words} sections={placed(rows, site, says)} site={site} flash={flash} />)
})

function saidBy(rows: AccountPageRow[], shown: Shown): Record<RowWord, Child> {
  return Object.fromEntries(rows.map((row, index) => [wordOf(index), row.says?.(shown)]))
}

/** Each row around what it says, in its section. One without a row is not there. */
function placed(rows: AccountPageRow[], site: Site, says: Record<RowWord, Child>) {
  const made = rows.map((row, index) => ({ section: row.section, row: row.row(site, says[wordOf(index)]) }))
  return accountSections
    .map((name) => ({ name, rows: made.filter(({ section }) => section === name).map(({ row }) => row) }))
    .filter((section) => section.rows.length > 0)
}

type RowWord = `row ${number}`
const wordOf = (index: number): RowWord => `row ${index}`

type Template = ReturnType<typeof pageTemplate<'token' | 'name' | 'initials' | RowWord>>
const templates = new WeakMap<AccountPageRow[], Template>()

/** What most people get: it differs from one to the next in these words only. */
function quietPage(rows: AccountPageRow[]): Template {
  const known = templates.get(rows)
  if (known) return known
  const names = ['token', 'name', 'initials', ...rows.map((_, index) => wordOf(index))] as const
  const made: Template = pageTemplate([...names], (site, words) => (
    <AccountPage {...words} sections={placed(rows, site, words)} site={site} flash={{}} />
  ))
  templates.set(rows, made)
  return made
}
