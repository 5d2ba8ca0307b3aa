// Logging in with a passkey. The page is the log-in page, the same for everyone; what its script asks and sends comes here.
import { Hono } from 'hono'
import type { PasskeyAsking } from '../../identity/passkeys/challenge.ts'
import { optionsOf, paths, withReturn } from '../../paths.ts'
import { keepRemember } from '../../web/forms/flash.ts'
import { readForm } from '../../web/forms/form.ts'
import { rateLimited } from '../../web/forms/rate-limited.ts'
import type { Notice } from '../../web/forms/visitor-cookie.ts'
import { json, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { afterLogin } from '../../web/session/after-login.ts'
import { loginEntry } from '../../web/session/complete-login.ts'
import { visitorOnly } from '../../web/session/guards.ts'
import { keepPasskeyVisitor, passkeyVisitor } from '../../web/session/passkey-cookie.ts'
import { returnTarget } from '../../web/session/return-to.ts'
import { WaitPage } from '../../web/ui/wait-page.tsx'
import { PasskeyLoginForm } from './form.ts'
import { logIn, type PasskeyLoginOutcome } from './login.rules.ts'

export const passkeyLogin = new Hono<AppEnv>()

passkeyLogin.post(optionsOf(paths.passkeyLogin), visitorOnly, (c) => {
  const asking: PasskeyAsking = { ceremony: 'log-in', by: keepPasskeyVisitor(c) }
  return json(c, 200, c.get('services').passkeys.askForUse(asking))
})

passkeyLogin.post(paths.passkeyLogin, visitorOnly, async (c) => {
  const form = readForm(c, PasskeyLoginForm)
  if (form.kind === 'refused') return seeOther(c, paths.login, { notice: { code: 'passkey-refused' } })
  const { answer, remember, return_to } = form.input
  const returnTo = returnTarget(c.get('services').settings, return_to)
  const entry = loginEntry(c, { remembered: remember, as: 'cookie', returnTo })
  const outcome = await logIn(c.get('services'), { answer, asking: askedBy(c) }, entry, requestSourceOf(c))
  switch (outcome.kind) {
    case 'logged-in':
      return seeOther(c, afterLogin(c, returnTo))
    case 'step-due':
      keepRemember(c, remember)
      return seeOther(c, outcome.step.page)
    case 'refused': {
      const { reason, accountId: account } = outcome
      logEvent(c, 'login.failed', { reason: `passkey-${reason}`, ...(account && { account }) })
      keepRemember(c, remember)
      return seeOther(c, withReturn(paths.login, returnTo), { notice: noticeFor(outcome) })
    }
    case 'rate-limited':
      logEvent(c, 'login.rate-limited', { wait: outcome.wait })
      keepRemember(c, remember)
      return rateLimited(c, { ...outcome, field: 'email', values: {} }, (flash) => (
        <WaitPage site={c.get('site')} flash={flash} returnTo={returnTo} />
      ))
  }
})

/** Longer ids than most have are not carried along in the cookie: that device is not told. */
const longestCarried = 400

function noticeFor({ reason, credential = '' }: Extract<PasskeyLoginOutcome, { kind: 'refused' }>): Notice {
  if (reason !== 'unknown') return { code: 'passkey-refused' }
  return { code: 'passkey-unknown', ...(credential.length <= longestCarried && { credential }) }
}

function askedBy(c: Context): PasskeyAsking | undefined {
  const by = passkeyVisitor(c)
  return by && { ceremony: 'log-in', by }
}
