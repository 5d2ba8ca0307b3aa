import { Hono } from 'hono'
import { stringify } from 'uuid'
import { json, page, seeOther, wantsJson } from '../../web/answer.ts'
import type { AppEnv } from '../../web/context.ts'
import { takeFlash } from '../../web/flash.ts'
import { readForm, refuse } from '../../web/form.ts'
import { sessionFormToken } from '../../web/form-token.ts'
import { loggedIn, sessionOf } from '../../web/guards.ts'
import { letIn } from '../../web/let-in.ts'
import { note } from '../../web/note.ts'
import { paths } from '../../web/paths.ts'
import { ChangePasswordForm } from './form.ts'
import { AccountPage, ChangePasswordPage } from './pages.tsx'
import { changePassword } from './rules.ts'

export const account = new Hono<AppEnv>()

account.get(paths.account, loggedIn, async (c) => {
  const { account, tokenHash } = await sessionOf(c)
  if (wantsJson(c)) return json(c, 200, { id: stringify(account.id), name: account.name, email: account.email })
  const { services, site } = c.var
  const token = sessionFormToken(c, tokenHash)
  return page(
    c,
    200,
    <AccountPage site={site} token={token} flash={takeFlash(c)} account={account} now={services.clock.now()} />,
  )
})

account.get(paths.changePassword, loggedIn, async (c) => {
  const { account, tokenHash } = await sessionOf(c)
  const token = sessionFormToken(c, tokenHash)
  return page(c, 200, <ChangePasswordPage site={c.var.site} token={token} flash={takeFlash(c)} account={account} />)
})

account.post(paths.changePassword, loggedIn, async (c) => {
  const form = readForm(c, ChangePasswordForm)
  if (form.kind === 'refused') return refuse(c, { path: paths.changePassword, problems: form.problems, values: {} })
  const session = await sessionOf(c)
  const entry = letIn(c, { remembered: session.remembered })
  const outcome = await changePassword(c.var.services, session.account.id, form.input, entry)

  switch (outcome.kind) {
    case 'changed':
      note(c, 'password.changed', { account: session.account.id })
      entry.open()
      if (wantsJson(c)) return json(c, 200, { location: paths.account })
      return seeOther(c, paths.account, { notice: { code: 'password-changed' } })
    case 'refused': {
      const { problems } = outcome
      note(c, 'password.change-refused', {
        account: session.account.id,
        reason: problems.map((problem) => `${problem.field} ${problem.code}`),
      })
      return refuse(c, { path: paths.changePassword, problems, values: {} })
    }
  }
})
