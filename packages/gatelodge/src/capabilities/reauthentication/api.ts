import { z } from 'zod'
import { loggedOut, refused, started } from '../../api/answers.ts'
import { operation } from '../../api/operation.ts'
import { goesOn, goingOn } from '../../api/renewal.ts'
import { Started } from '../../api/shapes.ts'
import { rateLimitedProblem } from '../../web/forms/rate-limited.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { reauthenticate as confirm } from './rules.ts'

export const reauthenticate = operation({
  id: 'reauthenticate',
  method: 'POST',
  path: '/password/confirm',
  who: 'logged-in',
  body: z.object({ current_password: z.string() }),
  answers: { 200: Started },
  problems: ['rate-limited'],
  async answer(c, { current_password }) {
    const { owner, renewal } = await goingOn(c)
    const { id } = owner.account
    const outcome = await confirm(c.get('services'), owner, current_password, renewal)
    switch (outcome.kind) {
      case 'confirmed':
        logEvent(c, 'reauthentication.succeeded', { account: id })
        return started(c, 200, goesOn(id, renewal))
      case 'refused':
        logEvent(c, 'reauthentication.failed', { account: id })
        return refused(c, outcome.problems)
      case 'logged-out':
        return loggedOut(c)
      case 'rate-limited':
        logEvent(c, 'password.rate-limited', { account: id, wait: outcome.wait })
        return rateLimitedProblem(c, outcome.wait)
    }
  },
})
