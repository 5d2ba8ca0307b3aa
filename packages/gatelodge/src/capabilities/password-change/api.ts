import { z } from 'zod'
import { loggedOut, refused, started } from '../../api/answers.ts'
import { operation } from '../../api/operation.ts'
import { Started } from '../../api/shapes.ts'
import { rateLimitedProblem } from '../../web/forms/rate-limited.ts'
import type { Context } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { sessionOf } from '../../web/session/guards.ts'
import { type Renewal, renewSession } from '../../web/session/renew-session.ts'
import { reauthenticate as confirm } from '../reauthentication/rules.ts'
import { changePassword as change } from './rules.ts'

export const changePassword = operation({
  id: 'changePassword',
  method: 'POST',
  path: '/password',
  who: 'logged-in',
  body: z.object({ current_password: z.string(), new_password: z.string() }),
  answers: { 200: Started },
  problems: ['rate-limited'],
  async answer(c, input) {
    const { owner, renewal } = await goingOn(c)
    const { id } = owner.account
    const outcome = await change(c.get('services'), owner, input, renewal)
    switch (outcome.kind) {
      case 'changed':
        logEvent(c, 'password.changed', { account: id })
        return started(c, 200, goesOn(id, renewal))
      case 'refused': {
        const { problems } = outcome
        logEvent(c, 'password.change-refused', {
          account: id,
          reason: problems.map((problem) => `${problem.field} ${problem.code}`),
        })
        return refused(c, problems)
      }
      case 'logged-out':
        return loggedOut(c)
      case 'rate-limited':
        logEvent(c, 'password.rate-limited', { account: id, wait: outcome.wait })
        return rateLimitedProblem(c, outcome.wait)
    }
  },
})

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

/** The session goes on under a new token, of the same kind. */
async function goingOn(c: Context) {
  const session = await sessionOf(c)
  const owner = { account: session.account, tokenHash: session.tokenHash, source: requestSourceOf(c) }
  return { owner, renewal: renewSession(c, session) }
}

function goesOn(account: Buffer, renewal: Renewal) {
  const token = renewal.open()
  return { account, ...(token && { token }) }
}
