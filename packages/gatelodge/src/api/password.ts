import { z } from 'zod'
import { changePassword as change } from '../capabilities/account/rules.ts'
import { confirmPassword as confirm } from '../capabilities/confirmation/rules.ts'
import { askerOf } from '../web/asker.ts'
import type { Context } from '../web/context.ts'
import { sessionOf } from '../web/guards.ts'
import { heldBackProblem } from '../web/held-back.ts'
import { note } from '../web/note.ts'
import { type Renewal, renewSession } from '../web/session/renew-session.ts'
import { loggedOut, refused, started } from './answers.ts'
import { operation } from './operation.ts'
import { Started } from './shapes.ts'

export const changePassword = operation({
  id: 'changePassword',
  method: 'POST',
  path: '/password',
  who: 'logged-in',
  body: z.object({ current_password: z.string(), new_password: z.string() }),
  answers: { 200: Started },
  problems: ['held-back'],
  async answer(c, input) {
    const { owner, renewal } = await goingOn(c)
    const { id } = owner.account
    const outcome = await change(c.get('services'), owner, input, renewal)
    switch (outcome.kind) {
      case 'changed':
        note(c, 'password.changed', { account: id })
        return started(c, 200, goesOn(id, renewal))
      case 'refused': {
        const { problems } = outcome
        note(c, 'password.change-refused', {
          account: id,
          reason: problems.map((problem) => `${problem.field} ${problem.code}`),
        })
        return refused(c, problems)
      }
      case 'logged-out':
        return loggedOut(c)
      case 'held-back':
        note(c, 'password.held-back', { account: id, wait: outcome.wait })
        return heldBackProblem(c, outcome.wait)
    }
  },
})

export const confirmPassword = operation({
  id: 'confirmPassword',
  method: 'POST',
  path: '/password/confirm',
  who: 'logged-in',
  body: z.object({ current_password: z.string() }),
  answers: { 200: Started },
  problems: ['held-back'],
  async answer(c, { current_password }) {
    const { owner, renewal } = await goingOn(c)
    const { id } = owner.account
    const outcome = await confirm(c.get('services'), owner, current_password, renewal)
    switch (outcome.kind) {
      case 'confirmed':
        note(c, 'password.confirmed', { account: id })
        return started(c, 200, goesOn(id, renewal))
      case 'refused':
        note(c, 'password.confirm-refused', { account: id })
        return refused(c, outcome.problems)
      case 'logged-out':
        return loggedOut(c)
      case 'held-back':
        note(c, 'password.held-back', { account: id, wait: outcome.wait })
        return heldBackProblem(c, outcome.wait)
    }
  },
})

/** The session goes on under a new token, of the same kind. */
async function goingOn(c: Context) {
  const session = await sessionOf(c)
  const owner = { account: session.account, tokenHash: session.tokenHash, asker: askerOf(c) }
  return { owner, renewal: renewSession(c, session) }
}

function goesOn(account: Buffer, renewal: Renewal) {
  const token = renewal.open()
  return { account, ...(token && { token }) }
}
