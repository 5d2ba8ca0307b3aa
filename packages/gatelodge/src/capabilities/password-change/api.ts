import { z } from 'zod'
import { loggedOut, refused, started } from '../../api/answers.ts'
import { operation } from '../../api/operation.ts'
import { renewalOf, renewed } from '../../api/renewal.ts'
import { Started } from '../../api/shapes.ts'
import { rateLimitedProblem } from '../../web/forms/rate-limited.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { setFirstPassword } from './first.rules.ts'
import { changePassword as change } from './rules.ts'

export const changePassword = operation({
  id: 'changePassword',
  method: 'POST',
  path: '/password',
  who: 'factor-lately-proved',
  body: z.object({ current_password: z.string().default(''), new_password: z.string() }),
  answers: { 200: Started },
  problems: ['rate-limited'],
  async answer(c, input) {
    const { owner, renewal } = await renewalOf(c)
    const { id, passwordChangedAt } = owner.account
    const isFirst = passwordChangedAt === null
    const outcome = await (isFirst ? setFirstPassword : change)(c.get('services'), owner, input, renewal)
    switch (outcome.kind) {
      case 'changed':
        logEvent(c, isFirst ? 'password.added' : 'password.changed', { account: id })
        return started(c, 200, renewed(id, renewal))
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
