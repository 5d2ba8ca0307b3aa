// Each flow 16 times at the same moment, from copies of one browser: nobody meets a failure, what may happen once happens
// once, and there are as many records, emails, links and counted tries as there were events.
import { expect, it } from 'vitest'
import { atEachLevel } from '../../support/databases.ts'
import { sites } from '../../support/flows.ts'
import { useApp } from '../../support/make-app.ts'
import { nothingIsHalf } from '../../support/nothing-is-half.ts'
import { walked } from '../../support/walk.ts'

const succeeded = [200, 201, 204]
/** The others find the account, and their password is right: they log in. */
const registers = [201]

/** Of these one succeeds; of all others each may, or find it done. */
const once = new Set([
  'registration',
  'start of an account',
  'start of an account in another browser',
  'email for verification, once more',
  'new password by a link',
  'password change',
  'password, once more',
  'change of the address, asked for',
  'end of a device',
  'end of an account',
  'end of an account at once',
  'way back to an account',
  'code of the app',
  'recovery code',
  'app, set up',
  'app, set up at a log-in',
  'app, taken off',
  'reauthentication by a code',
  'end of trust in a device',
  'first password',
  'passkey, added',
  'log-in with a passkey',
  'passkey behind a password',
  'reauthentication by a passkey',
  'passkey, removed',
])

for (const { where, settings, flows } of sites) {
  atEachLevel(`16 at once${where},`, (database, replaced) => {
    const app = useApp(database, settings, replaced)

    it.each(walked(Object.entries(flows)))(
      'V2.3.4 V15.4.2 %s: is done whole, and has as many records as it was done times',
      async (name, flow) => {
        const { browser, person } = await flow.prepare(app())
        const statuses = await Promise.all(
          Array.from({ length: 16 }, async () => {
            const copy = app().visitor()
            copy.cookies = new Map(browser.cookies)
            return (await flow.send(copy, person)).status
          }),
        )
        expect(statuses.filter((status) => status >= 500)).toEqual([])
        const done = name === 'registration' ? registers : succeeded
        if (once.has(name)) expect(statuses.filter((status) => done.includes(status))).toHaveLength(1)
        await nothingIsHalf(app())
      },
    )
  })
}
