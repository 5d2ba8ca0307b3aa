import { Hono } from 'hono'
import type { Account } from '../../identity/accounts/account.ts'
import { paths } from '../../paths.ts'
import { page } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { failure } from '../../web/http/error-pages.tsx'
import { administrator, frameOf } from '../../web/session/administrator.ts'
import { AccountsPage } from './accounts.pages.tsx'
import { filtersOf, findAccount, oneAccount, pageOfAccounts } from './accounts.rules.ts'
import { actForms, wordsOf } from './act.form.ts'
import { ActivityOfAccountPage } from './activity.pages.tsx'
import { activityOf } from './activity.rules.ts'
import { accountPath } from './lists.pages.tsx'
import { OneAccountPage } from './one-account.pages.tsx'

export const accounts = new Hono<AppEnv>()

accounts.get(paths.consoleAccounts, administrator, async (c) => {
  const services = c.get('services')
  const { cursor, ...asked } = c.req.query()
  const filters = filtersOf(asked)
  const listed = await pageOfAccounts(services, filters, cursor)
  const groups = (await services.groups.list()).map(({ name }) => name)
  const props = { frame: await frameOf(c), filters, groups, isLater: cursor !== undefined, now: services.clock.now() }
  return page(c, 200, <AccountsPage {...props} {...listed} />)
})

accounts.get(`${paths.consoleAccounts}/:id`, administrator, async (c) => {
  const { services } = c.var
  const account = await findAccount(services, c.req.param('id'))
  if (!account) return failure(c, 'not-found')
  const one = await oneAccount(services, account)
  const props = { frame: await frameOf(c), one, now: services.clock.now() }
  return page(c, 200, <OneAccountPage {...props} acts={offered(c, account)} />)
})

/** The forms of acts that make sense now. */
function offered(c: Context, account: Account) {
  const { services, site } = c.var
  return actForms
    .filter((form) => form.offers(account, services.settings))
    .map((form) => ({
      path: `${accountPath(account.id)}/${form.name}`,
      label: wordsOf(site.text, form).link,
    }))
}

accounts.get(`${paths.consoleAccounts}/:id/activity`, administrator, async (c) => {
  const { services } = c.var
  const account = await findAccount(services, c.req.param('id'))
  if (!account) return failure(c, 'not-found')
  const listed = await activityOf(services, account.id, c.req.query())
  const path = accountPath(account.id)
  const props = { frame: await frameOf(c), name: account.name, path, now: services.clock.now() }
  return page(c, 200, <ActivityOfAccountPage {...props} {...listed} />)
})
