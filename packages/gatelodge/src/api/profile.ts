import { z } from 'zod'
import { changeName as change } from '../capabilities/profile/rules.ts'
import { json } from '../web/answer.ts'
import { askerOf } from '../web/asker.ts'
import { sessionOf } from '../web/guards.ts'
import { note } from '../web/note.ts'
import { loggedOut, refused } from './answers.ts'
import { operation } from './operation.ts'

const Profile = z.strictObject({ name: z.string().meta({ description: 'As it is kept: spaces around it are off.' }) })

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
    const outcome = await change(c.get('services'), account, name, askerOf(c))
    switch (outcome.kind) {
      case 'changed':
        note(c, 'name.changed', { account: account.id })
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
