// The ways in which a log-in can be refused. People read one sentence for all of them; the clock should not tell more.
import { connectDatabase } from '../../packages/gatelodge/src/database/connect.ts'
import { seconds, systemClock } from '../../packages/gatelodge/src/time.ts'
import { Connection } from '../connection.ts'
import { check } from '../load.ts'
import { formClient, register } from '../people.ts'
import type { Fields } from '../requests.ts'

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
/** So many milliseconds for each guess; beyond it the machine is too busy, and what there is by then is told. */
const patience = 40

const addressesOf = ({ address }: Kind, samples: number) =>
  Array.from({ length: Math.ceil(samples / mostTriesOfOne) }, (_, index) => address(String(index).padStart(4, '0')))

/** Registers those who have accounts, and disables those who are to be. */
export async function prepareAccounts(port: number, databaseUrl: string, samples: number): Promise<void> {
  const withAccounts = kinds.filter(({ account }) => account !== 'none')
  const people = withAccounts.flatMap((kind) =>
    addressesOf(kind, samples).map((email) => ({ name: 'Ada Lovelace', email, password: right })),
  )
  await register(port, people)
  const database = await connectDatabase(
    { databaseUrl, databaseConnections: 1, databaseTimeout: seconds(5) },
    systemClock,
  )
  const disabled = kinds.filter(({ account }) => account === 'disabled').flatMap((kind) => addressesOf(kind, samples))
  await database.db
    .updateTable('gatelodge_accounts')
    .set({ disabled_at: systemClock.now() })
    .where('email', 'in', disabled)
    .execute()
  await database.close()
}

/** Asks for all of them in random order, one after another. @returns how long each took, in milliseconds, by kind. */
export async function measure(port: number, samples: number): Promise<Map<string, number[]>> {
  const guesses = kinds.flatMap((kind) => {
    const addresses = addressesOf(kind, samples)
    return Array.from({ length: samples }, (_, index) => ({
      kind: kind.name,
      fields: { email: addresses[index % addresses.length] ?? '', password: kind.password },
    }))
  })
  shuffle(guesses)

  let fields: Fields = {}
  const client = await formClient(port, '/login', () => fields)
  const refused = { expects: '\r\nlocation: /login\r\n' }
  const connection = await Connection.open(port)
  const taken = new Map(kinds.map(({ name }): [string, number[]] => [name, []]))
  const started = performance.now()
  for (const guess of guesses) {
    if (performance.now() - started > patience * guesses.length) break
    fields = guess.fields
    const request = client.next()
    const sent = performance.now()
    const answer = await connection.send(request)
    const took = performance.now() - sent
    check(answer, refused)
    taken.get(guess.kind)?.push(took)
  }
  connection.close()
  return taken
}

/** Fisher and Yates. */
function shuffle(list: unknown[]): void {
  for (let index = list.length - 1; index > 0; index -= 1) {
    const other = Math.floor(Math.random() * (index + 1))
    ;[list[index], list[other]] = [list[other], list[index]]
  }
}
