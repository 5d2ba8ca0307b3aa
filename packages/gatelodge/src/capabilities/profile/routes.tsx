import { Hono } from 'hono'
import { paths } from '../../paths.ts'
import { takeFlash } from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { sessionFormToken } from '../../web/forms/form-token.ts'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { loggedIn, logInFirst, sessionOf } from '../../web/session/guards.ts'
import { ProfileForm } from './form.ts'
import { ProfilePage } from './pages.tsx'
import { changeName } from './rules.ts'

export const profile = new Hono<AppEnv>()

profile.get(paths.profile, loggedIn, async (c) => {
  const { account, tokenHash } = await sessionOf(c)
  const props = { site: c.get('site'), token: sessionFormToken(c, tokenHash), name: account.name }
  return page(c, 200, <ProfilePage {...props} flash={takeFlash(c)} />)
})

profile.post(paths.profile, loggedIn, async (c) => {
  const form = readForm(c, ProfileForm)
  if (form.kind === 'refused') return refuse(c, { path: paths.profile, problems: form.problems, values: {} })
  const { account } = await sessionOf(c)
  const outcome = await changeName(c.get('services'), account, form.input.name, requestSourceOf(c))
  switch (outcome.kind) {
    case 'changed':
      logEvent(c, 'name.changed', { account: account.id })
      return seeOther(c, paths.account, { notice: { code: 'name-changed' } })
    case 'same':
      return seeOther(c, paths.account)
    case 'refused':
      return refuse(c, { path: paths.profile, problems: outcome.problems, values: { name: form.input.name } })
    case 'gone':
      return logInFirst(c)
  }
})
