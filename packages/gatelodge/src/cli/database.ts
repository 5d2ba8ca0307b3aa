// The database that a command works on: never a new, empty one.
import { existsSync } from 'node:fs'
import { fileOf, inMemory, spelledPlace } from '../config/database-place.ts'
import type { Settings } from '../config/schema.ts'
import { connectDatabase, type Database } from '../database/connect.ts'
import { isMigrated } from '../database/migrate.ts'
import { checkRequirements } from '../database/requirements.ts'
import { type Milliseconds, minutes, systemClock } from '../time.ts'
import type { Call } from './command.ts'

const patience: Milliseconds = minutes(10)

/** undefined: there is none, or it has no tables yet. stderr has said so, and which one was looked for. */
export async function openDatabase(call: Call): Promise<Database | undefined> {
  const database = await openExisting(call)
  if (!database || (await isMigrated(database).catch(closing(database)))) return database
  await database.close()
  console.error(
    `This database is not ready yet: ${spelledPlace(call.settings)}. Start the site once, or run: gatelodge migrate up`,
  )
  return undefined
}

/** The same, whatever tables it has. */
export async function openExisting({ settings, loaded }: Call): Promise<Database | undefined> {
  const file = fileOf(settings)
  if (settings.databaseUrl === inMemory) {
    console.error(`${inMemory} exists in one process only, so commands cannot read it.`)
    return undefined
  }
  if (!file || existsSync(file)) return connectDatabase(settings, systemClock)
  const isDefault = loaded.sources.databaseUrl === 'default' && loaded.sources.dataDir === 'default'
  const why = isDefault ? ', the default for this folder' : ''
  console.error(
    `There is no database at ${file}${why}. Run this in the folder of the site, or give its database: ` +
      '--database-url sqlite:/path/to/gatelodge.sqlite',
  )
  return undefined
}

/**
 * For what reads or writes all rows: a statement may take long there. Whether the server is there at all is known sooner.
 * @throws {Error} where it is not, or is not fit.
 */
export async function openPatiently(settings: Settings): Promise<Database> {
  const first = await connectDatabase(settings, systemClock)
  try {
    await checkRequirements(first)
  } finally {
    await first.close()
  }
  return connectDatabase({ ...settings, databaseTimeout: patience }, systemClock)
}

const closing = (database: Database) => async (error: unknown) => {
  await database.close()
  throw error
}
