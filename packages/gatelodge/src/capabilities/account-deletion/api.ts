import { z } from 'zod'
import { done, loggedOut, refused } from '../../api/answers.ts'
import { operation } from '../../api/operation.ts'
import { renewVisitorCookie } from '../../web/forms/flash.ts'
import { rateLimitedProblem } from '../../web/forms/rate-limited.ts'
import { problem } from '../../web/http/answer.ts'
import { clearSiteData } from '../../web/http/headers.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { bearerToken } from '../../web/session/bearer.ts'
import { ownerOf } from '../../web/session/guards.ts'
import { forgetSession } from '../../web/session/session-cookie.ts'
import { closeAccount } from './rules.ts'

export const deleteAccount = operation({
  id: 'deleteAccount',
  method: 'POST',
  path: '/delete',
  who: 'factor-lately-proved',
  body: z.object({ current_password: z.string().default('') }),
  answers: { 204: null },
  problems: ['rate-limited', 'last-administrator'],
  async answer(c, { current_password }) {
    const owner = await ownerOf(c)
    const { account } = owner
    const outcome = await closeAccount(c.get('services'), owner, current_password)
    switch (outcome.kind) {
      case 'closed':
        logEvent(c, 'account.deletion-scheduled', { account: account.id })
        if (bearerToken(c) !== undefined) return done(c)
        forgetSession(c)
        renewVisitorCookie(c)
        return clearSiteData(done(c))
      case 'refused':
        logEvent(c, 'reauthentication.failed', { account: account.id })
        return refused(c, outcome.problems)
      case 'logged-out':
        return loggedOut(c)
      case 'last-administrator':
        return problem(c, 'last-administrator')
      case 'rate-limited':
        logEvent(c, 'password.rate-limited', { account: account.id, wait: outcome.wait })
        return rateLimitedProblem(c, outcome.wait)
    }
  },
})
