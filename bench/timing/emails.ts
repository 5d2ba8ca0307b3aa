// Whether the time of "Forgot your password?" tells which addresses have accounts. Each address is asked about once: the
// second time within a minute costs everyone less.
import { measure } from './measure.ts'
import { addAccounts, connectTo, disable } from './tables.ts'

/** All of one length. */
const kinds = { 'known address': 'known', 'unknown address': 'nobod', 'disabled account': 'disab' }

const addressesOf = (local: string, samples: number, round: string) =>
  Array.from({ length: samples }, (_, index) => `${local}-${round}-${String(index).padStart(5, '0')}@example.org`)

/** @param round keeps addresses apart that are asked about at another time. */
export async function prepareOwners(databaseUrl: string, samples: number, round: string): Promise<void> {
  const known = addressesOf(kinds['known address'], samples, round)
  const disabled = addressesOf(kinds['disabled account'], samples, round)
  const database = await connectTo(databaseUrl)
  await addAccounts(database, [...known, ...disabled])
  await disable(database, disabled)
  await database.close()
}

/** @returns how long each took, in milliseconds, by kind. */
export function measureEmails(port: number, samples: number, round: string): Promise<Map<string, number[]>> {
  const guesses = Object.entries(kinds).flatMap(([kind, local]) =>
    addressesOf(local, samples, round).map((email) => ({ kind, fields: { email } })),
  )
  return measure(port, '/forgot-password', guesses)
}
