import { Hono } from 'hono'
import { readRecent } from '../../identity/audit/recent.ts'
import { paths } from '../../paths.ts'
import { isEmpty, takeFlash } from '../../web/forms/flash.ts'
import { sessionFormToken } from '../../web/forms/form-token.ts'
import { filledPage, page } from '../../web/http/answer.ts'
import type { AppEnv } from '../../web/http/context.ts'
import type { Markup } from '../../web/http/markup.ts'
import { pageTemplate } from '../../web/http/page-template.ts'
import { loggedIn, sessionOf } from '../../web/session/guards.ts'
import type { Site } from '../../web/site/site.ts'
import type { AccountPageRow, Shown } from '../../web/ui/account-row.tsx'
import { AccountPage, Activity, initialsOf } from './pages.tsx'

export const account = new Hono<AppEnv>()

account.get(paths.account, loggedIn, async (c) => {
  const { account, tokenHash } = await sessionOf(c)
  const [site, rows] = [c.get('site'), c.get('accountRows')]
  const now = c.get('services').clock.now()
  const activity = <Activity site={site} events={readRecent(account.recent, 6)} now={now} />
  const words = {
    token: sessionFormToken(c, tokenHash),
    name: account.name,
    initials: initialsOf(account.name),
    activity,
  }
  const says = saidBy(rows, { site, account, now })
  const flash = takeFlash(c)
  if (isEmpty(flash)) return filledPage(c, quietPage(rows)(site, { ...words, ...says }))
  return page(c, 200, <AccountPage {...words} {...placed(rows, site, says)} site={site} flash={flash} />)
})

function saidBy(rows: AccountPageRow[], shown: Shown): Record<RowWord, Markup> {
  return Object.fromEntries(rows.map((row, index) => [wordOf(index), row.says(shown) as Markup]))
}

/** Each row around what it says. */
function placed(rows: AccountPageRow[], site: Site, says: Record<RowWord, Markup | string>) {
  const made = rows.map((row, index) => ({ where: row.where, row: row.row(site, says[wordOf(index)]) }))
  const those = (where: AccountPageRow['where']) => made.filter((one) => one.where === where).map(({ row }) => row)
  return { facts: <>{those('facts')}</>, foot: <>{those('foot')}</> }
}

type RowWord = `row ${number}`
const wordOf = (index: number): RowWord => `row ${index}`

type Template = ReturnType<typeof pageTemplate<'token' | 'name' | 'initials' | 'activity' | RowWord>>
const templates = new WeakMap<AccountPageRow[], Template>()

/** What most people get: it differs from one to the next in these words only. */
function quietPage(rows: AccountPageRow[]): Template {
  const known = templates.get(rows)
  if (known) return known
  const names = ['token', 'name', 'initials', 'activity', ...rows.map((_, index) => wordOf(index))] as const
  const made: Template = pageTemplate([...names], (site, words) => (
    <AccountPage {...words} {...placed(rows, site, words)} site={site} flash={{}} />
  ))
  templates.set(rows, made)
  return made
}
