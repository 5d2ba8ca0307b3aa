// Time passes, and what is over goes.
import { purge } from '../../../src/background-jobs.ts'
import { days, hours, type Milliseconds, minutes } from '../../../src/time.ts'
import { removeAccount } from './model.ts'
import { type Step, step } from './step.ts'

/** None of them is near a limit, so that a second more or less decides nothing. */
export const pauses: Record<string, Milliseconds> = {
  'two minutes': minutes(2),
  'nine minutes': minutes(9),
  'eleven minutes': minutes(11),
  'two hours': hours(2),
  'thirteen hours': hours(13),
  'a day and an hour': hours(25),
  'three days': days(3),
  'fifteen days': days(15),
  'a month and a day': days(31),
}

export function timePasses(words: string): Step {
  return step({
    words: `${words} pass`,
    async act(m, { app }) {
      await app.services.sessions.lastSeen.write()
      app.clock.pass(pauses[words] ?? 0)
      m.now = app.clock.now()
      return ['', '']
    },
  })
}

export function purged(): Step {
  return step({
    words: 'what is over goes',
    async act(m, { app }) {
      await purge(app.services)
      for (const account of m.accounts)
        if (account.closesAt !== undefined && account.closesAt <= m.now) removeAccount(m, account)
      return ['', '']
    },
  })
}
