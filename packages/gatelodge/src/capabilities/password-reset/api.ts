import { z } from 'zod'
import { accepted, done, invalidLink, refused } from '../../api/answers.ts'
import { operation } from '../../api/operation.ts'
import { token } from '../../api/shapes.ts'
import { renewVisitorCookie } from '../../web/forms/flash.ts'
import { problem } from '../../web/http/answer.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { bearerToken } from '../../web/session/bearer.ts'
import { currentSession, forgetSession } from '../../web/session/session-cookie.ts'
import { askForReset } from './ask.rules.ts'
import { resetPassword as setPassword } from './reset.rules.ts'

export const askForLink = operation({
  id: 'requestPasswordReset',
  method: 'POST',
  path: '/forgot-password',
  who: 'anyone',
  body: z.object({ email: z.string() }),
  answers: { 202: null },
  problems: ['email-not-set-up'],
  async answer(c, input) {
    const outcome = await askForReset(c.get('services'), input, requestSourceOf(c))
    switch (outcome.kind) {
      case 'asked':
        // Nothing of whether there is such an account: the log is read by people, too.
        logEvent(c, 'password-reset.requested')
        return accepted(c)
      case 'refused':
        return refused(c, outcome.problems)
      case 'email-not-set-up':
        return problem(c, 'email-not-set-up')
    }
  },
})

export const resetPassword = operation({
  id: 'resetPassword',
  method: 'POST',
  path: '/reset-password',
  who: 'anyone',
  body: z.object({ token, new_password: z.string() }),
  answers: { 204: null },
  problems: ['invalid-link'],
  async answer(c, { token: text, new_password }) {
    const browser = { source: requestSourceOf(c), session: await currentSession(c) }
    const outcome = await setPassword(c.get('services'), { text, new_password }, browser)
    switch (outcome.kind) {
      case 'reset':
        logEvent(c, 'password-reset.succeeded', { account: outcome.accountId })
        // An email logs nobody in (ASVS V6.3.6).
        if (bearerToken(c) === undefined) {
          forgetSession(c)
          renewVisitorCookie(c)
        }
        return done(c)
      case 'refused':
        return refused(c, outcome.problems)
      case 'invalid-link':
        return invalidLink(c, outcome.kind)
    }
  },
})
