import { Hono } from 'hono'
import { stringify } from 'uuid'
import { readRecent } from '../../identity/audit/recent.ts'
import { paths } from '../../paths.ts'
import { isEmpty, takeFlash } from '../../web/forms/flash.ts'
import { sessionFormToken } from '../../web/forms/form-token.ts'
import { filledPage, json, page, wantsJson } from '../../web/http/answer.ts'
import type { AppEnv } from '../../web/http/context.ts'
import { pageTemplate } from '../../web/http/page-template.ts'
import { loggedIn, sessionOf } from '../../web/session/guards.ts'
import { CustomFacts } from '../../web/ui/custom-fields.tsx'
import { Moment } from '../../web/ui/moment.tsx'
import { AccountPage, Activity, PasswordAge, Pending, Verification } from './pages.tsx'

export const account = new Hono<AppEnv>()

account.get(paths.account, loggedIn, async (c) => {
  const { account, tokenHash } = await sessionOf(c)
  if (wantsJson(c)) return json(c, 200, { id: stringify(account.id), name: account.name, email: account.email })
  const now = c.get('services').clock.now()
  const token = sessionFormToken(c, tokenHash)
  const registered = <Moment at={account.createdAt} now={now} />
  const passwordAge = <PasswordAge account={account} now={now} />
  const activity = <Activity events={readRecent(account.recent, 6)} now={now} />
  const verification = <Verification site={c.get('site')} isVerified={account.verifiedAt !== null} />
  const pending = <Pending email={account.pendingEmail} />
  const own = <CustomFacts fields={c.get('site').fields} values={account.fields} />
  const told = { registered, passwordAge, activity, verification, pending, own }
  const words = { token, name: account.name, email: account.email, ...told }
  const flash = takeFlash(c)
  if (isEmpty(flash)) return filledPage(c, quietPage(c.get('site'), words))
  return page(c, 200, <AccountPage {...words} site={c.get('site')} flash={flash} />)
})

/** What most people get: it differs from one to the next in these words only. */
const names = [
  'token',
  'name',
  'email',
  'registered',
  'passwordAge',
  'activity',
  'verification',
  'pending',
  'own',
] as const
const quietPage = pageTemplate([...names], (site, words) => <AccountPage {...words} site={site} flash={{}} />)
