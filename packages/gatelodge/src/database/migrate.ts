// Brings the tables up to date. One copy at a time leads: by the write lock on SQLite, where all of it is one transaction; on
// MySQL, which makes tables outside transactions, by a row with an owner and an expiry, and each step may be run twice.
import { setTimeout as pause } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { type Clock, type Milliseconds, minutes, seconds } from '../time.ts'
import type { Database } from './connect.ts'
import type { Dialect } from './dialect.ts'
import * as baseline from './migrations/0001-baseline.ts'
import { Unavailable } from './unavailable.ts'
import { refuseUnfinished } from './unfinished.ts'

export interface Migration {
  up(db: Kysely<unknown>, dialect: Dialect): Promise<void>
}

/** In the order in which they run; a name never changes once it was released. */
const migrations: Record<string, Migration> = {
  '0001-baseline': baseline,
}

interface Ledger {
  gatelodge_migrations: { name: string; applied_at: number }
  gatelodge_leases: { name: string; owner: string; expires_at: number }
}

export interface MigrationState {
  name: string
  appliedAt: number | null
}

export const migrationNames: readonly string[] = Object.keys(migrations)

/** Every migration there is, with the moment it was applied or null. @throws {Unfit} for a database that is not all there. */
export async function migrationStates(
  { db, dialect }: Pick<Database, 'db' | 'dialect'>,
  wanted: Record<string, Migration> = migrations,
): Promise<MigrationState[]> {
  const applied = new Map((await rowsInLedger({ db, dialect })).map((row) => [row.name, Number(row.applied_at)]))
  refuseUnfinished(applied.keys())
  return Object.keys(wanted).map((name) => ({ name, appliedAt: applied.get(name) ?? null }))
}

async function rowsInLedger({ db, dialect }: Pick<Database, 'db' | 'dialect'>) {
  const ledger = db as unknown as Kysely<Ledger>
  const exists = await dialect.hasTable(db as unknown as Kysely<unknown>, 'gatelodge_migrations')
  return exists ? ledger.selectFrom('gatelodge_migrations').selectAll().execute() : []
}

/** What was applied, also what this version does not know; and whether it is being filled (`unfinished.ts`). */
export async function namesInLedger(database: Pick<Database, 'db' | 'dialect'>): Promise<string[]> {
  return (await rowsInLedger(database)).map(({ name }) => name)
}

/**
 * @param wanted others than those of the product are for tests.
 * @returns the names of the migrations that this call applied. @throws {Error} where it was stopped while it waited.
 */
export async function migrate(
  { db, dialect, copy }: Pick<Database, 'db' | 'dialect' | 'copy'>,
  clock: Clock,
  stopped?: AbortSignal,
  wanted: Record<string, Migration> = migrations,
): Promise<string[]> {
  const states = await migrationStates({ db, dialect }, wanted)
  if (states.every((state) => state.appliedAt !== null)) return []
  const ledger = db as unknown as Kysely<Ledger>
  // One transaction waits for the disk once.
  if (dialect.makesTablesInTransactions)
    return inTransaction(ledger, async (trx) => {
      await createLedger(trx, dialect)
      return applyMissing(trx, dialect, clock, wanted)
    })
  await createLedger(ledger, dialect)
  const lease: Lease = { owner: copy, clock }
  await takeLease(ledger, dialect, lease, stopped)
  // A step on a large table may take longer than the lease holds.
  const renewing = setInterval(() => void renewLease(ledger, lease).catch(() => {}), renewEvery)
  try {
    return await applyMissing(ledger, dialect, clock, wanted, () => renewLease(ledger, lease))
  } finally {
    clearInterval(renewing)
    // If this fails too, the lease is still ours and the next try recognizes it. The first error is the one that is reported.
    await ledger
      .deleteFrom('gatelodge_leases')
      .where('name', '=', 'migrate')
      .where('owner', '=', copy)
      .execute()
      .catch(() => {})
  }
}

/** @param mayLead asks, before each step, whether this copy still leads. */
async function applyMissing(
  ledger: Kysely<Ledger>,
  dialect: Dialect,
  clock: Clock,
  wanted: Record<string, Migration>,
  mayLead: () => Promise<boolean> = async () => true,
): Promise<string[]> {
  // Asked again: another copy may have led until now.
  const rows = await ledger.selectFrom('gatelodge_migrations').select('name').execute()
  const applied = new Set(rows.map((row) => row.name))
  const done: string[] = []
  for (const [name, migration] of Object.entries(wanted)) {
    if (applied.has(name)) continue
    if (!(await mayLead())) throw new Unavailable('another copy of Gatelodge is bringing the tables up to date')
    const applied_at = clock.now()
    await migration.up(ledger as unknown as Kysely<unknown>, dialect)
    await ledger.insertInto('gatelodge_migrations').values({ name, applied_at }).execute()
    done.push(name)
  }
  return done
}

async function inTransaction<T>(ledger: Kysely<Ledger>, apply: (db: Kysely<Ledger>) => Promise<T>): Promise<T> {
  const trx = await ledger.startTransaction().execute()
  try {
    const applied = await apply(trx)
    await trx.commit().execute()
    return applied
  } catch (error) {
    // A COMMIT that the disk refuses has rolled back by itself. The first error is the one that is reported.
    await trx
      .rollback()
      .execute()
      .catch(() => {})
    throw error
  }
}

async function createLedger(ledger: Kysely<Ledger>, { columns, tableOptions }: Dialect): Promise<void> {
  await ledger.schema
    .createTable('gatelodge_migrations')
    .ifNotExists()
    .addColumn('name', columns.ascii255, (column) => column.notNull().primaryKey())
    .addColumn('applied_at', columns.moment, (column) => column.notNull())
    .modifyEnd(tableOptions)
    .execute()
  await ledger.schema
    .createTable('gatelodge_leases')
    .ifNotExists()
    .addColumn('name', columns.ascii255, (column) => column.notNull().primaryKey())
    .addColumn('owner', columns.ascii255, (column) => column.notNull())
    .addColumn('expires_at', columns.moment, (column) => column.notNull())
    .modifyEnd(tableOptions)
    .execute()
}

const leaseLife: Milliseconds = minutes(2)
const renewEvery: Milliseconds = seconds(20)

interface Lease {
  owner: string
  clock: Clock
}

/** Also one that this very program took before its connection was cut: nobody else waits for that to end. */
async function takeLease(
  ledger: Kysely<Ledger>,
  dialect: Dialect,
  { owner, clock }: Lease,
  stopped: AbortSignal | undefined,
): Promise<void> {
  for (;;) {
    stopped?.throwIfAborted()
    const expires_at = clock.now() + leaseLife
    try {
      await ledger.insertInto('gatelodge_leases').values({ name: 'migrate', owner, expires_at }).execute()
      return
    } catch (error) {
      if (dialect.faultOf(error) !== 'duplicate') throw error
    }
    const { numUpdatedRows } = await ledger
      .updateTable('gatelodge_leases')
      .set({ owner, expires_at })
      .where('name', '=', 'migrate')
      .where((row) => row.or([row('owner', '=', owner), row('expires_at', '<', clock.now())]))
      .executeTakeFirst()
    if (numUpdatedRows > 0n) return
    await pause(200)
  }
}

/** @returns whether it is still ours. */
async function renewLease(ledger: Kysely<Ledger>, { owner, clock }: Lease): Promise<boolean> {
  const { numUpdatedRows } = await ledger
    .updateTable('gatelodge_leases')
    .set({ expires_at: clock.now() + leaseLife })
    .where('name', '=', 'migrate')
    .where('owner', '=', owner)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Whether the tables are as this version needs them. */
export async function isMigrated(database: Pick<Database, 'db' | 'dialect'>): Promise<boolean> {
  return (await migrationStates(database)).every((state) => state.appliedAt !== null)
}
