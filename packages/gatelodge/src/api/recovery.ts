import { z } from 'zod'
import { askForReset } from '../capabilities/recovery/ask.ts'
import { resetPassword as setPassword } from '../capabilities/recovery/reset.ts'
import { problem } from '../web/answer.ts'
import { askerOf } from '../web/asker.ts'
import { bearerToken } from '../web/bearer.ts'
import { renewVisit } from '../web/flash.ts'
import { note } from '../web/note.ts'
import { currentSession, forgetSession } from '../web/session-cookie.ts'
import { accepted, deadLink, done, refused } from './answers.ts'
import { operation } from './operation.ts'
import { token } from './shapes.ts'

export const askForLink = operation({
  id: 'recoverPassword',
  method: 'POST',
  path: '/recovery',
  who: 'anybody',
  body: z.object({ email: z.string() }),
  answers: { 202: null },
  problems: ['no-letters'],
  async answer(c, input) {
    const outcome = await askForReset(c.get('services'), input, askerOf(c))
    switch (outcome.kind) {
      case 'asked':
        // Nothing of whether there is such an account: the log is read by people, too.
        note(c, 'recovery.requested')
        return accepted(c)
      case 'refused':
        return refused(c, outcome.problems)
      case 'no-letters':
        return problem(c, { status: 403, code: 'no-letters' })
    }
  },
})

export const resetPassword = operation({
  id: 'resetPassword',
  method: 'POST',
  path: '/recovery/reset',
  who: 'anybody',
  body: z.object({ token, new_password: z.string() }),
  answers: { 204: null },
  problems: ['dead-link'],
  async answer(c, { token: text, new_password }) {
    const browser = { asker: askerOf(c), session: await currentSession(c) }
    const outcome = await setPassword(c.get('services'), { text, new_password }, browser)
    switch (outcome.kind) {
      case 'reset':
        note(c, 'recovery.succeeded', { account: outcome.accountId })
        // A letter logs nobody in (ASVS V6.3.6).
        if (bearerToken(c) === undefined) {
          forgetSession(c)
          renewVisit(c)
        }
        return done(c)
      case 'refused':
        return refused(c, outcome.problems)
      case 'dead-link':
        return deadLink(c, outcome.kind)
    }
  },
})
