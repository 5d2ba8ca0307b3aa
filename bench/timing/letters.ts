// Whether the time of "Forgot your password?" tells which addresses have accounts. Each address is asked about once: the
// second time within a minute costs everybody less.
import { register } from '../people.ts'
import { measure } from './measure.ts'
import { connectTo, disable, forgetAttempts } from './tables.ts'

const password = 'violet tram lamp'
/** All of one length. */
const kinds = { 'known address': 'known', 'unknown address': 'nobod', 'disabled account': 'disab' }

const addressesOf = (local: string, samples: number, round: string) =>
  Array.from({ length: samples }, (_, index) => `${local}-${round}-${String(index).padStart(5, '0')}@example.org`)

/** Registers those who have accounts, and disables those who are to be. */
export async function prepareOwners(port: number, databaseUrl: string, samples: number, round: string): Promise<void> {
  const known = addressesOf(kinds['known address'], samples, round)
  const disabled = addressesOf(kinds['disabled account'], samples, round)
  await register(
    port,
    [...known, ...disabled].map((email) => ({ name: 'Ada Lovelace', email, password })),
  )
  const database = await connectTo(databaseUrl)
  await disable(database, disabled)
  await forgetAttempts(database)
  await database.close()
}

/** @returns how long each took, in milliseconds, by kind. */
export function measureLetters(port: number, samples: number, round: string): Promise<Map<string, number[]>> {
  const guesses = Object.entries(kinds).flatMap(([kind, local]) =>
    addressesOf(local, samples, round).map((email) => ({ kind, fields: { email } })),
  )
  return measure(port, '/forgot-password', guesses)
}
