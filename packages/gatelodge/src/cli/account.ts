// `gatelodge account disable | enable | reset-two-factor ADDRESS`
import { spelledPlace } from '../config/database-place.ts'
import { parseAddress } from '../identity/accounts/address.ts'
import { accounts } from '../identity/accounts/storage.ts'
import type { RequestSource } from '../identity/audit/request-source.ts'
import { recordOf } from '../identity/audit/rules.ts'
import { auditRows } from '../identity/audit/storage.ts'
import { sessions } from '../identity/sessions/storage.ts'
import { systemClock } from '../time.ts'
import type { Call, ExitCode } from './command.ts'
import { openDatabase } from './database.ts'

/** Anyone who has a shell on the server. */
const operator: RequestSource = { clientAddress: '', device: { isCommandLine: true }, requestId: '' }

const verbs = ['disable', 'enable', 'reset-two-factor']

export async function run(call: Call): Promise<ExitCode> {
  const [verb, typed = ''] = call.words
  const address = parseAddress(typed)
  if (!verb || !verbs.includes(verb) || !address) {
    console.error(
      verbs
        .map((one) => `Use: gatelodge account ${one} ADDRESS`)
        .join(', or: ')
        .replaceAll('or: Use: ', 'or: '),
    )
    return 2
  }
  const database = await openDatabase(call)
  if (!database) return 1
  if (verb === 'reset-two-factor')
    return (await import('./reset-two-factor.ts')).resetTwoFactor(call, database, address)
  const event = verb === 'disable' ? 'account.disabled' : 'account.enabled'
  // Made before the first try: a retry must not record it twice.
  const record = recordOf(event, operator, {}, systemClock.now())
  try {
    const found = await database.transact(
      async (trx) => {
        const id = await accounts.setDisabled(trx, address, verb === 'disable' ? systemClock.now() : null)
        // A disabled account has no sessions (ASVS V7.4.2).
        if (id && verb === 'disable') await sessions.removeAll(trx, id)
        if (id) await auditRows.insert(trx, { ...record, accountId: id })
        return id !== undefined
      },
      async () => undefined,
    )
    if (found) console.log(`${address.given} can ${verb === 'disable' ? 'no longer ' : ''}log in.`)
    else console.error(`No account has the address ${address.given} in this database: ${spelledPlace(call.settings)}`)
    return found ? 0 : 1
  } finally {
    await database.close()
  }
}
