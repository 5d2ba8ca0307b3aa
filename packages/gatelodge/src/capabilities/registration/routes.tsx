import { Hono } from 'hono'
import { json, page, problem, seeOther, wantsJson } from '../../web/answer.ts'
import { askerOf } from '../../web/asker.ts'
import type { AppEnv, Context } from '../../web/context.ts'
import { takeFlash } from '../../web/flash.ts'
import { readForm, refuse } from '../../web/form.ts'
import { visitorFormToken } from '../../web/form-token.ts'
import { visitorOnly } from '../../web/guards.ts'
import { heldBack } from '../../web/held-back.ts'
import { letIn } from '../../web/let-in.ts'
import { note } from '../../web/note.ts'
import { paths, withReturn } from '../../web/paths.ts'
import { safeReturnTo } from '../../web/return-to.ts'
import { RegistrationForm } from './form.ts'
import { ClosedPage, RegistrationPage } from './pages.tsx'
import { register } from './rules.ts'

export const registration = new Hono<AppEnv>()

registration.get(paths.register, visitorOnly, (c) => {
  const { services, site } = c.var
  const props = { site, flash: takeFlash(c), returnTo: safeReturnTo(c.req.query('return_to')) }
  if (services.settings.registration === 'closed') return page(c, 200, <ClosedPage {...props} />)
  return page(c, 200, <RegistrationPage {...props} token={visitorFormToken(c)} />)
})

registration.post(paths.register, visitorOnly, async (c) => {
  const form = readForm(c, RegistrationForm)
  if (form.kind === 'refused') return refuse(c, { path: paths.register, problems: form.problems, values: {} })
  const { name, email, return_to } = form.input
  const returnTo = safeReturnTo(return_to)
  const entry = letIn(c, { remembered: false })
  const outcome = await register(c.get('services'), form.input, entry.start, askerOf(c))

  switch (outcome.kind) {
    case 'registered':
      note(c, 'registration.succeeded', { account: outcome.accountId })
      entry.open()
      return registered(c, outcome.name, returnTo)
    case 'refused': {
      const { problems } = outcome
      note(c, 'registration.refused', { reason: problems.map((problem) => `${problem.field} ${problem.code}`) })
      return refuse(c, { path: withReturn(paths.register, returnTo), problems, values: { name, email } })
    }
    case 'closed':
      note(c, 'registration.refused', { reason: 'closed' })
      return wantsJson(c) ? problem(c, { status: 403, code: 'registration-closed' }) : seeOther(c, paths.register)
    case 'held-back': {
      note(c, 'registration.held-back', { wait: outcome.wait })
      const page = { site: c.get('site'), token: visitorFormToken(c), returnTo }
      return heldBack(c, { ...outcome, field: 'name', values: { name, email } }, (flash) => (
        <RegistrationPage {...page} flash={flash} />
      ))
    }
  }
})

function registered(c: Context, name: string, returnTo: string | undefined) {
  if (wantsJson(c)) return json(c, 201, { location: returnTo ?? paths.account })
  return seeOther(c, returnTo ?? paths.account, { notice: { code: 'welcome', name } })
}
