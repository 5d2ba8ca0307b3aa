import { z } from 'zod'
import { logIn as proveAndStart } from '../capabilities/login/rules.ts'
import { problem } from '../web/answer.ts'
import { askerOf } from '../web/asker.ts'
import { heldBackProblem } from '../web/held-back.ts'
import { note } from '../web/note.ts'
import { loginEntry } from '../web/session/complete-login.ts'
import { refused, started, stepDue } from './answers.ts'
import { operation } from './operation.ts'
import { kind, Started } from './shapes.ts'

export const logIn = operation({
  id: 'logIn',
  method: 'POST',
  path: '/login',
  who: 'visitor',
  body: z.object({
    email: z.string(),
    password: z.string(),
    remember: z.boolean().default(false).meta({ description: 'Keeps logged in for longer.' }),
    session: kind,
  }),
  answers: { 200: Started },
  problems: ['credentials', 'unverified', 'held-back'],
  async answer(c, { session: as, ...input }) {
    const entry = loginEntry(c, { remembered: input.remember, as })
    const outcome = await proveAndStart(c.get('services'), { ...input, return_to: '' }, entry, askerOf(c))

    switch (outcome.kind) {
      case 'logged-in':
        return started(c, 200, outcome)
      case 'step-due':
        return stepDue(c, outcome)
      case 'incomplete':
        return refused(c, outcome.problems)
      case 'refused':
        note(c, 'login.failed', { reason: outcome.reason, ...(outcome.accountId && { account: outcome.accountId }) })
        return problem(c, { status: 401, code: 'credentials' })
      case 'held-back':
        note(c, 'login.held-back', { wait: outcome.wait })
        return heldBackProblem(c, outcome.wait)
    }
  },
})
