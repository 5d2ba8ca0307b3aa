import { z } from 'zod'
import { loggedOut, refused } from '../../api/answers.ts'
import { described } from '../../api/described.ts'
import { operation } from '../../api/operation.ts'
import { json } from '../../web/http/answer.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { sessionOf } from '../../web/session/guards.ts'
import { changeName as change } from './rules.ts'

const Profile = z.strictObject({ name: z.string().meta(described('name')) })

export const changeName = operation({
  id: 'changeName',
  method: 'POST',
  path: '/profile',
  who: 'logged-in',
  body: z.object({ name: z.string() }),
  answers: { 200: Profile },
  problems: [],
  async answer(c, { name }) {
    const { account } = await sessionOf(c)
    const outcome = await change(c.get('services'), account, name, requestSourceOf(c))
    switch (outcome.kind) {
      case 'changed':
        logEvent(c, 'name.changed', { account: account.id })
        return json(c, 200, { name: outcome.name })
      case 'same':
        return json(c, 200, { name: account.name })
      case 'refused':
        return refused(c, outcome.problems)
      case 'gone':
        return loggedOut(c)
    }
  },
})
