// The forms of acts: each on a page of its own, with a proof of the last minutes.
import { Hono } from 'hono'
import type { Account } from '../../identity/accounts/account.ts'
import { administratorsGroup } from '../../identity/groups/names.ts'
import { paths } from '../../paths.ts'
import { keepNewCodes, takeNewCodes } from '../../web/forms/flash.ts'
import { readShape, refuse } from '../../web/forms/form.ts'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { failure } from '../../web/http/error-pages.tsx'
import { administrator, administratorActing, frameOf, orderOf } from '../../web/session/administrator.ts'
import { findAccount } from './accounts.rules.ts'
import { ActForm, actForms, type ConsoleAct, newAccountForm, wordsOf } from './act.form.ts'
import { ActPage, ResetLinkPage } from './act.pages.tsx'
import { problemOf } from './act-problem.form.ts'
import { nobody, perform } from './acts.ts'
import { accountPath } from './lists.pages.tsx'

const linkPath = '/copy-reset-link/link'

export const newAccount = new Hono<AppEnv>()

newAccount.get(paths.consoleNewAccount, administratorActing, (c) =>
  showForm(c, { form: newAccountForm, path: paths.consoleNewAccount, account: undefined }),
)

newAccount.post(paths.consoleNewAccount, administrator, (c) =>
  run(c, { form: newAccountForm, path: paths.consoleNewAccount, account: undefined }),
)

export const accountActs = new Hono<AppEnv>()

accountActs.get(`${paths.consoleAccounts}/:id${linkPath}`, administrator, async (c) => {
  const account = await findAccount(c.get('services'), c.req.param('id'))
  const [address] = (account && takeNewCodes(c, account.id)) ?? []
  if (!account) return failure(c, 'not-found')
  if (!address) return seeOther(c, accountPath(account.id))
  const back = { path: accountPath(account.id), label: account.name }
  return page(c, 200, <ResetLinkPage frame={await frameOf(c)} back={back} address={address} />)
})

accountActs.get(`${paths.consoleAccounts}/:id/:act`, administratorActing, async (c) => {
  const asked = await askedFor(c)
  return asked ? showForm(c, asked) : failure(c, 'not-found')
})

accountActs.post(`${paths.consoleAccounts}/:id/:act`, administrator, async (c) => {
  const asked = await askedFor(c)
  return asked ? run(c, asked) : failure(c, 'not-found')
})

interface Asked {
  form: ConsoleAct
  path: string
  account: Account | undefined
}

async function askedFor(c: Context): Promise<Asked | undefined> {
  const { services } = c.var
  const form = actForms.find(({ name }) => name === c.req.param('act'))
  if (!form || (form.name === 'copy-reset-link' && !services.settings.copyResetLinks)) return undefined
  const account = await findAccount(services, c.req.param('id') ?? '')
  return account && { form, account, path: `${accountPath(account.id)}/${form.name}` }
}

async function showForm(c: Context, { form, path, account }: Asked): Promise<Response> {
  const { site } = c.var
  const frame = await frameOf(c)
  const props = {
    ...{ frame, path, account, words: wordsOf(site.text, form), fields: form.fields },
    back: account
      ? { path: accountPath(account.id), label: account.name }
      : { path: paths.consoleAccounts, label: site.text.console.accounts.title },
    groups: form.fields.includes('group') ? await groupsFor(c, form, account) : [],
    values: frame.flash.form?.values ?? {
      ...{ account_name: account?.name, account_email: account?.email, session: c.req.query('session') },
      connection: c.req.query('connection'),
    },
    ...{ asksWhy: form.act.needsReason, isGrave: form.isGrave ?? false },
  }
  return page(c, 200, <ActPage {...props} />)
}

/** Making an administrator, and an ordinary user again, are acts of their own. */
async function groupsFor(c: Context, { name }: ConsoleAct, account: Account | undefined): Promise<string[]> {
  const own = account?.groups ?? []
  const all = (await c.get('services').groups.list()).map((group) => group.name)
  const those = name === 'leave-group' ? own : all.filter((one) => !own.includes(one))
  return those.filter((one) => one !== administratorsGroup)
}

async function run(c: Context, { form, path, account }: Asked): Promise<Response> {
  const read = readShape(c, ActForm)
  if (read.kind === 'refused') return refuse(c, { path, problems: read.problems, values: {} })
  const order = await orderOf(c, read.input.reason)
  const outcome = await perform(form.act, c.get('services'), order, account?.id ?? nobody, form.input(read.input))
  if (outcome.kind === 'no-account') return failure(c, 'not-found')
  if (outcome.kind === 'done') return done(c, form, account, outcome)
  const problem = problemOf(outcome)
  if (problem) return refuse(c, { path, problems: [problem], values: read.input })
  const notice = { code: 'act-refused', why: outcome.kind } as const
  return seeOther(c, account ? accountPath(account.id) : path, { notice })
}

function done(c: Context, form: ConsoleAct, account: Account | undefined, outcome: object): Response {
  const notice = { code: 'act-done', act: form.name } as const
  if ('id' in outcome) return seeOther(c, accountPath(outcome.id as Buffer), { notice })
  if (!account) return seeOther(c, paths.consoleAccounts, { notice })
  if (!('address' in outcome)) return seeOther(c, accountPath(account.id), { notice })
  keepNewCodes(c, account.id, [outcome.address as string])
  return seeOther(c, accountPath(account.id) + linkPath, {})
}
