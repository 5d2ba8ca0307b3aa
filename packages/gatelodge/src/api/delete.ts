import { z } from 'zod'
import { closeAccount } from '../capabilities/goodbye/rules.ts'
import { askerOf } from '../web/asker.ts'
import { bearerToken } from '../web/bearer.ts'
import { renewVisit } from '../web/flash.ts'
import { sessionOf } from '../web/guards.ts'
import { clearSiteData } from '../web/headers.ts'
import { heldBackProblem } from '../web/held-back.ts'
import { note } from '../web/note.ts'
import { forgetSession } from '../web/session-cookie.ts'
import { done, loggedOut, refused } from './answers.ts'
import { operation } from './operation.ts'

export const deleteAccount = operation({
  id: 'deleteAccount',
  method: 'POST',
  path: '/delete',
  who: 'logged-in',
  body: z.object({ current_password: z.string() }),
  answers: { 204: null },
  problems: ['held-back'],
  async answer(c, { current_password }) {
    const { account, tokenHash } = await sessionOf(c)
    const owner = { account, tokenHash, asker: askerOf(c) }
    const outcome = await closeAccount(c.get('services'), owner, current_password)
    switch (outcome.kind) {
      case 'closed':
        note(c, 'account.closed', { account: account.id })
        if (bearerToken(c) !== undefined) return done(c)
        forgetSession(c)
        renewVisit(c)
        return clearSiteData(done(c))
      case 'refused':
        note(c, 'password.confirm-refused', { account: account.id })
        return refused(c, outcome.problems)
      case 'logged-out':
        return loggedOut(c)
      case 'held-back':
        note(c, 'password.held-back', { account: account.id, wait: outcome.wait })
        return heldBackProblem(c, outcome.wait)
    }
  },
})
