// A database that is being filled, by `gatelodge restore` or `gatelodge copy`, says so until all of it is there: a row among
// the migrations, which every start reads anyway. Until then nothing but the same command works on it.
import type { Kysely } from 'kysely'
import { Unfit } from './requirements.ts'

interface Ledger {
  gatelodge_migrations: { name: string; applied_at: number }
}

const sign = 'unfinished '

/** @param filling what fills it, such as `restore 7c9e6679`: the same again may go on. */
export async function markUnfinished(db: Kysely<unknown>, filling: string, now: number): Promise<void> {
  const row = { name: sign + filling, applied_at: now }
  await (db as Kysely<Ledger>).insertInto('gatelodge_migrations').values(row).execute()
}

export async function markFinished(db: Kysely<unknown>, filling: string): Promise<void> {
  await (db as Kysely<Ledger>)
    .deleteFrom('gatelodge_migrations')
    .where('name', '=', sign + filling)
    .execute()
}

/** @param names of the rows among the migrations. @returns what fills it; undefined: nothing. */
export function fillingAmong(names: Iterable<string>): string | undefined {
  return [...names].find((name) => name.startsWith(sign))?.slice(sign.length)
}

/** @throws {Unfit} where it is not all there. */
export function refuseUnfinished(names: Iterable<string>): void {
  const filling = fillingAmong(names)
  if (filling === undefined) return
  const [command = ''] = filling.split(' ')
  throw new Unfit(
    `This database was not filled to its end. Run the same command again: gatelodge ${command}. It goes on where it stopped.`,
  )
}
