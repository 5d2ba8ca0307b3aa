import { logOut as endSession } from '../capabilities/login/log-out.ts'
import { digest } from '../identity/sealing.ts'
import { askerOf } from '../web/asker.ts'
import { bearerToken } from '../web/bearer.ts'
import { renewVisit } from '../web/flash.ts'
import { clearSiteData } from '../web/headers.ts'
import { note } from '../web/note.ts'
import { currentSession, forgetSession, sessionToken } from '../web/session-cookie.ts'
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
    const token = sessionToken(c)
    if (token) {
      const session = await currentSession(c)
      // The row goes first: a copy of the token is dead at once (ASVS V7.4.1), whatever becomes of the answer.
      const asker = askerOf(c)
      await endSession(c.get('services'), digest(token), session?.account.id, asker)
      if (session) {
        note(c, 'logout.succeeded', { account: session.account.id })
      }
    }
    if (bearerToken(c) !== undefined) return done(c)
    forgetSession(c)
    renewVisit(c)
    return clearSiteData(done(c))
  },
})
