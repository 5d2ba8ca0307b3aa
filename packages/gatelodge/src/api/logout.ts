import { logOut as endSession } from '../capabilities/login/log-out.ts'
import { digest } from '../identity/sealing.ts'
import { askerOf } from '../web/asker.ts'
import { bearerToken } from '../web/bearer.ts'
import { renewVisit } from '../web/flash.ts'
import { clearSiteData } from '../web/headers.ts'
import { note } from '../web/note.ts'
import { broughtSessions, forgetSession } from '../web/session-cookie.ts'
import { done } from './answers.ts'
import { operation } from './operation.ts'
import { nothing } from './shapes.ts'

export const logOut = operation({
  id: 'logOut',
  method: 'POST',
  path: '/logout',
  who: 'anybody',
  body: nothing,
  answers: { 204: null },
  problems: [],
  async answer(c) {
    // The rows go first: a copy of a token is dead at once (ASVS V7.4.1), whatever becomes of the answer.
    for (const { token, found } of await broughtSessions(c)) {
      const account = found && 'account' in found ? found.account.id : undefined
      await endSession(c.get('services'), digest(token), account, askerOf(c))
      if (account) note(c, 'logout.succeeded', { account })
    }
    if (bearerToken(c) !== undefined) return done(c)
    forgetSession(c)
    renewVisit(c)
    return clearSiteData(done(c))
  },
})
