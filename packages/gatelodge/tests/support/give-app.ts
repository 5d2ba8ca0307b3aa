// An app for an account, as after an enrolment some time ago.
import { random } from '../../src/identity/sealing.ts'
import { keyOf, stepAt } from '../../src/identity/second-factors/totp.ts'
import type { TestApp } from './make-app.ts'
import type { Fields } from './visitor.ts'

/** @returns its key, and the recovery codes that were made beside it. */
export async function giveApp(
  { services }: TestApp,
  { email = '' }: Fields,
): Promise<{ key: string; codes: string[] }> {
  const { accounts, database, secondFactors, clock } = services
  const account = await accounts.findByAddress(database.db, { given: email, normalised: email })
  if (!account) throw new Error(`there is no account of ${email}`)
  const secret = random(20)
  const { codes, ...made } = await secondFactors.makeCodes('')
  await database.transact(
    (trx) => secondFactors.add(trx, account.id, { secret, step: stepAt(clock.now()) - 3 }, { codes, ...made }),
    async () => undefined,
  )
  return { key: keyOf(secret), codes }
}
