import { z } from 'zod'
import { confirmAddress } from '../capabilities/email-verification/confirm.ts'
import { sendAgain } from '../capabilities/email-verification/rules.ts'
import { json, problem } from '../web/answer.ts'
import { askerOf } from '../web/asker.ts'
import { currentVisit, keepInVisit } from '../web/flash.ts'
import { logInFirst } from '../web/guards.ts'
import { heldBackProblem } from '../web/held-back.ts'
import { letIn } from '../web/let-in.ts'
import { note } from '../web/note.ts'
import { currentSession } from '../web/session-cookie.ts'
import { waitingAccount } from '../web/waiting.ts'
import { deadLink, refused } from './answers.ts'
import { operation } from './operation.ts'
import { kind, nothing, token } from './shapes.ts'

export const sendVerification = operation({
  id: 'sendVerification',
  method: 'POST',
  path: '/verification',
  who: 'anybody',
  body: nothing,
  answers: {
    200: z.strictObject({ sent: z.boolean().meta({ description: 'False where there is nothing left to confirm.' }) }),
  },
  problems: ['log-in-first', 'no-letters', 'held-back'],
  async answer(c) {
    const account = (await currentSession(c))?.account ?? (await waitingAccount(c))
    if (!account) return logInFirst(c)
    if (c.get('site').letters === 'none') return problem(c, { status: 403, code: 'no-letters' })
    const outcome = await sendAgain(c.get('services'), account, askerOf(c))
    switch (outcome.kind) {
      case 'sent':
        note(c, 'email.verification-sent', { account: account.id })
        return json(c, 200, { sent: true })
      case 'already':
      case 'gone':
        return json(c, 200, { sent: false })
      case 'held-back':
        return heldBackProblem(c, outcome.wait)
    }
  },
})

const Verified = z.strictObject({
  logged_in: z.boolean().meta({ description: 'The password was sent as well, and a session has started.' }),
  token: z.string().optional().meta({ description: 'For `bearer` only, told this once.' }),
})

export const verifyEmail = operation({
  id: 'verifyEmail',
  method: 'POST',
  path: '/verification/confirm',
  who: 'anybody',
  body: z.object({
    token,
    password: z.string().default('').meta({ description: 'Asked where the account was not used before.' }),
    session: kind,
  }),
  answers: { 200: Verified },
  problems: ['dead-link', 'held-back'],
  async answer(c, { token: text, password, session: as }) {
    const session = await currentSession(c)
    const entry = letIn(c, { remembered: false, as })
    const browser = { session, device: entry.device, start: entry.start }
    const outcome = await confirmAddress(c.get('services'), { text, password }, browser, askerOf(c))
    switch (outcome.kind) {
      case 'verified':
      case 'done': {
        if (outcome.kind === 'verified') note(c, 'email.verified', { account: outcome.account.id })
        const isLetIn = outcome.kind === 'verified' && outcome.isLetIn
        const given = isLetIn ? await entry.open() : undefined
        if (currentVisit(c)?.waiting) keepInVisit(c, { waiting: undefined })
        return json(c, 200, { logged_in: isLetIn, ...(given && { token: given }) })
      }
      case 'dead-link':
        return deadLink(c, outcome.kind)
      case 'refused':
        return refused(c, outcome.problems)
      case 'held-back':
        note(c, 'password.held-back', { wait: outcome.wait })
        return heldBackProblem(c, outcome.wait)
    }
  },
})
