import { Hono } from 'hono'
import { json, page, seeOther, wantsJson } from '../../web/answer.ts'
import { askerOf } from '../../web/asker.ts'
import type { AppEnv } from '../../web/context.ts'
import { takeFlash } from '../../web/flash.ts'
import { readForm, refuse } from '../../web/form.ts'
import { sessionFormToken } from '../../web/form-token.ts'
import { loggedIn, logInFirst, sessionOf } from '../../web/guards.ts'
import { note } from '../../web/note.ts'
import { paths } from '../../web/paths.ts'
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
  const outcome = await changeName(c.get('services'), account, form.input.name, askerOf(c))
  switch (outcome.kind) {
    case 'changed':
      note(c, 'name.changed', { account: account.id })
      if (wantsJson(c)) return json(c, 200, { location: paths.account })
      return seeOther(c, paths.account, { notice: { code: 'name-changed', name: outcome.name } })
    case 'same':
      return wantsJson(c) ? json(c, 200, { location: paths.account }) : seeOther(c, paths.account)
    case 'refused':
      return refuse(c, { path: paths.profile, problems: outcome.problems, values: { name: form.input.name } })
    case 'gone':
      return logInFirst(c)
  }
})
