import { Hono } from 'hono'
import { paths } from '../../paths.ts'
import { takeFlash } from '../../web/forms/flash.ts'
import { sessionFormToken } from '../../web/forms/form-token.ts'
import { page } from '../../web/http/answer.ts'
import type { AppEnv } from '../../web/http/context.ts'
import { loggedIn, sessionOf } from '../../web/session/guards.ts'
import { ActivityPage } from './pages.tsx'
import { listActivity } from './rules.ts'

export const activity = new Hono<AppEnv>()

activity.get(paths.activity, loggedIn, async (c) => {
  const { services, site } = c.var
  const { account, tokenHash } = await sessionOf(c)
  const listed = await listActivity(services, account.id, c.req.query())
  const props = { site, token: sessionFormToken(c, tokenHash), now: services.clock.now() }
  return page(c, 200, <ActivityPage {...props} {...listed} flash={takeFlash(c)} />)
})
