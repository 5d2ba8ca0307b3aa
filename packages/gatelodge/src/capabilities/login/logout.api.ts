import { done } from '../../api/answers.ts'
import { operation } from '../../api/operation.ts'
import { nothing } from '../../api/shapes.ts'
import { digest } from '../../identity/sealing.ts'
import { renewVisitorCookie } from '../../web/forms/flash.ts'
import { clearSiteData } from '../../web/http/headers.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { bearerToken } from '../../web/session/bearer.ts'
import { broughtSessions, forgetSession } from '../../web/session/session-cookie.ts'
import { logOut as endSession } from './logout.rules.ts'

export const logOut = operation({
  id: 'logOut',
  method: 'POST',
  path: '/logout',
  who: 'anyone',
  body: nothing,
  answers: { 204: null },
  problems: [],
  async answer(c) {
    // The rows go first: a copy of a token is dead at once (ASVS V7.4.1), whatever becomes of the answer.
    for (const { token, found } of await broughtSessions(c)) {
      const account = found && 'account' in found ? found.account.id : undefined
      await endSession(c.get('services'), digest(token), account, requestSourceOf(c))
      if (account) logEvent(c, 'logout.succeeded', { account })
    }
    if (bearerToken(c) !== undefined) return done(c)
    forgetSession(c)
    renewVisitorCookie(c)
    return clearSiteData(done(c))
  },
})
