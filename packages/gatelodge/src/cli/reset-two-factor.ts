// `gatelodge account reset-two-factor ADDRESS`: for an owner who has lost the app and all recovery codes, and has shown in
// some other way who they are.
import { spelledPlace } from '../config/database-place.ts'
import { secretsOf } from '../config/secret.ts'
import type { Database } from '../database/connect.ts'
import { createEmails } from '../email/queue.ts'
import type { Address } from '../identity/accounts/address.ts'
import { recipientOf } from '../identity/accounts/recipient.ts'
import { accounts } from '../identity/accounts/storage.ts'
import { createAttempts } from '../identity/attempts/rules.ts'
import type { RequestSource } from '../identity/audit/request-source.ts'
import { createAudit } from '../identity/audit/rules.ts'
import { createSealing } from '../identity/sealing.ts'
import { removeFactors } from '../identity/second-factors/rules.ts'
import { sessions } from '../identity/sessions/storage.ts'
import { systemClock } from '../time.ts'
import type { Call, ExitCode } from './command.ts'

/** Anyone who has a shell on the server. */
const operator: RequestSource = { clientAddress: '', device: { isCommandLine: true }, requestId: '' }

/** All sessions end, the owner gets an email, and the record says that the site did it. */
export async function resetTwoFactor({ settings }: Call, database: Database, address: Address): Promise<ExitCode> {
  const sealing = createSealing(secretsOf(settings))
  const audit = createAudit(database, sealing, systemClock, settings)
  const attempts = createAttempts({ database, audit, sealing, clock: systemClock, settings })
  const emails = createEmails(database, sealing, attempts, systemClock, settings)
  try {
    const account = await accounts.findByAddress(database.db, address)
    if (!account) {
      console.error(`No account has the address ${address.given} in this database: ${spelledPlace(settings)}`)
      return 1
    }
    const { id } = account
    // Made before the first try: a retry must not record or send it twice.
    const record = audit.record('two-factor.reset', operator, { account: id })
    const to = recipientOf(account)
    const message = emails.prepare({ kind: 'two-factor-reset', accountId: id, to, source: operator })
    const isReset = await database.transact(
      async (trx) => {
        await accounts.hold(trx, database.dialect, id)
        if (!(await removeFactors(trx, id))) return false
        await audit.write(trx, record)
        await sessions.endAll(trx, id, undefined, { by: 'factor-changed', now: systemClock.now() })
        await emails.notify(trx, message)
        return true
      },
      async (db) => (await audit.isWritten(db, record)) || undefined,
    )
    if (isReset) console.log(`${address.given} now logs in without a second factor.`)
    else console.error(`The account ${address.given} has no second factor.`)
    return isReset ? 0 : 1
  } finally {
    await database.close()
  }
}
