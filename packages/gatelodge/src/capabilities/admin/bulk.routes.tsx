// Acts on several accounts: a page that says which, what to whom and why; then how far it is.
import { Hono } from 'hono'
import { stringify } from 'uuid'
import { administratorsGroup } from '../../identity/groups/names.ts'
import { idFrom, newId } from '../../identity/ids.ts'
import { paths } from '../../paths.ts'
import { type Milliseconds, seconds } from '../../time.ts'
import { readShape, refuse } from '../../web/forms/form.ts'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { failure } from '../../web/http/error-pages.tsx'
import { administrator, administratorActing, frameOf, orderOf } from '../../web/session/administrator.ts'
import { filtersOf } from './accounts.rules.ts'
import { problemOf } from './act-problem.form.ts'
import { nobody, perform } from './acts.ts'
import { BulkForm } from './bulk.form.ts'
import { SelectedPage } from './bulk.pages.tsx'
import { bulkActName, bulkActs, oneBulkAct, orderBulkAct, pageOfBulkActs } from './bulk.rules.ts'
import { BulkActPage, BulkActsPage } from './bulk-acts.pages.tsx'
import { runBulkActs } from './bulk-run.rules.ts'
import { foresee } from './foreseen.rules.ts'
import { listPath, selectedPath } from './lists.pages.tsx'
import { chosenAccounts } from './selected.rules.ts'

export const bulk = new Hono<AppEnv>()

bulk.get(paths.consoleSelected, administratorActing, async (c) => {
  const { services } = c.var
  const { act, accounts } = await chosen(c)
  if (!act) return failure(c, 'not-found')
  if (accounts.length === 0) return noneChosen(c)
  const groups = act === 'join-group' ? await services.groups.list() : []
  const actor = (await orderOf(c, '')).actor
  const props = {
    ...{ frame: await frameOf(c), act, accounts, foreseen: foresee(act, actor, accounts) },
    ...{ asksWhy: bulkActs[act].needsReason, order: stringify(newId()) },
    groups: groups.map(({ name }) => name).filter((name) => name !== administratorsGroup),
  }
  return page(c, 200, <SelectedPage {...props} />)
})

/** The filters of the list stand in the address as well. */
function noneChosen(c: Context): Response {
  const notice = { code: 'act-refused', why: 'none-selected' } as const
  return seeOther(c, listPath(filtersOf(c.req.query())), { notice })
}

async function chosen(c: Context) {
  const accounts = await chosenAccounts(c.get('services'), c.req.queries('account') ?? [])
  return { act: bulkActName(c.req.query('act')), accounts }
}

bulk.post(paths.consoleSelected, administrator, async (c) => {
  const { services } = c.var
  const { act, accounts } = await chosen(c)
  if (!act) return failure(c, 'not-found')
  if (accounts.length === 0) return noneChosen(c)
  const path = selectedPath(act, accounts)
  const read = readShape(c, BulkForm)
  if (read.kind === 'refused') return refuse(c, { path, problems: read.problems, values: {} })
  const { reason, group, order } = read.input
  const input = { act, group, accounts: accounts.map(({ id }) => id), id: idFrom(order) }
  const outcome = await perform(orderBulkAct, services, await orderOf(c, reason), nobody, input)
  if (outcome.kind !== 'done') {
    const problem = problemOf(outcome)
    return problem ? refuse(c, { path, problems: [problem], values: { reason, group } }) : failure(c, 'not-found')
  }
  await begin(c)
  return seeOther(c, `${paths.consoleBulkActs}/${stringify(outcome.id)}`)
})

/** So long a person waits for the answer; the background jobs do what is left. */
const longestWait: Milliseconds = seconds(2)

/** It is written down by now: whatever goes wrong here, it goes on. */
async function begin(c: Context): Promise<void> {
  const until = performance.now() + longestWait
  await runBulkActs(c.get('services'), () => performance.now() < until).catch(() => {})
}

bulk.get(paths.consoleBulkActs, administrator, async (c) => {
  const { services } = c.var
  const before = c.req.query('before')
  const listed = await pageOfBulkActs(services, before)
  const props = { frame: await frameOf(c), isLater: before !== undefined, now: services.clock.now() }
  return page(c, 200, <BulkActsPage {...props} {...listed} />)
})

bulk.get(`${paths.consoleBulkActs}/:id`, administrator, async (c) => {
  const { services } = c.var
  const one = await oneBulkAct(services, c.req.param('id'))
  if (!one) return failure(c, 'not-found')
  return page(c, 200, <BulkActPage frame={await frameOf(c)} {...one} now={services.clock.now()} />)
})
