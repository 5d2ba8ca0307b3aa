// Requests of several kinds, in random order, one after another on one connection, and how long each took.
import { Connection } from '../connection.ts'
import { check } from '../load.ts'
import { formClient } from '../people.ts'
import type { Fields } from '../requests.ts'

export interface Guess {
  kind: string
  fields: Fields
}

/** Milliseconds for each. After that the machine is too busy, and the report shows what was measured so far. */
const patience = 40

/** @param path of the form, to which each answer leads back. @returns milliseconds, by kind. */
export async function measure(port: number, path: string, guesses: Guess[]): Promise<Map<string, number[]>> {
  const taken = new Map(guesses.map(({ kind }): [string, number[]] => [kind, []]))
  shuffle(guesses)
  let fields: Fields = {}
  const client = await formClient(port, path, () => fields)
  const leadsBack = { expects: `\r\nlocation: ${path}\r\n` }
  const connection = await Connection.open(port)
  const started = performance.now()
  for (const guess of guesses) {
    if (performance.now() - started > patience * guesses.length) break
    fields = guess.fields
    const request = client.next()
    const sent = performance.now()
    const answer = await connection.send(request)
    const took = performance.now() - sent
    check(answer, leadsBack)
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
