// The ways in which a log-in can be refused. People read one sentence for all of them; the clock should not tell more.
import { register } from '../people.ts'
import { measure } from './measure.ts'
import { connectTo, disable } from './tables.ts'

const right = 'violet tram lamp'
const wrong = 'violet tram lump'

interface Kind {
  name: string
  account: 'none' | 'enabled' | 'disabled'
  password: string
  /** All of one length: nothing but what they stand for differs. */
  address(number: string): string
}

const kinds: Kind[] = [
  { name: 'wrong password', account: 'enabled', password: wrong, address: (number) => `known-${number}@example.org` },
  { name: 'unknown address', account: 'none', password: wrong, address: (number) => `nobod-${number}@example.org` },
  { name: 'no address', account: 'none', password: wrong, address: (number) => `nobod-${number}.example.org` },
  { name: 'disabled, wrong', account: 'disabled', password: wrong, address: (number) => `disab-${number}@example.org` },
  { name: 'disabled, right', account: 'disabled', password: right, address: (number) => `right-${number}@example.org` },
]

/** Far from the first wait, which comes at 100. */
const mostTriesOfOne = 40
const addressesOf = ({ address }: Kind, samples: number) =>
  Array.from({ length: Math.ceil(samples / mostTriesOfOne) }, (_, index) => address(String(index).padStart(4, '0')))

/** Registers those who have accounts, and disables those who are to be. */
export async function prepareAccounts(port: number, databaseUrl: string, samples: number): Promise<void> {
  const withAccounts = kinds.filter(({ account }) => account !== 'none')
  const people = withAccounts.flatMap((kind) =>
    addressesOf(kind, samples).map((email) => ({ name: 'Ada Lovelace', email, password: right })),
  )
  await register(port, people)
  const disabled = kinds.filter(({ account }) => account === 'disabled').flatMap((kind) => addressesOf(kind, samples))
  const database = await connectTo(databaseUrl)
  await disable(database, disabled)
  await database.close()
}

/** Each kind as often as the others. @returns how long each took, in milliseconds, by kind. */
export function measureGuesses(port: number, samples: number): Promise<Map<string, number[]>> {
  const guesses = kinds.flatMap((kind) => {
    const addresses = addressesOf(kind, samples)
    return Array.from({ length: samples }, (_, index) => ({
      kind: kind.name,
      fields: { email: addresses[index % addresses.length] ?? '', password: kind.password },
    }))
  })
  return measure(port, '/login', guesses)
}
