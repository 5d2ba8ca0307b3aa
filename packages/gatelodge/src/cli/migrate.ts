// `gatelodge migrate status | up`
import { makeFolderOfDatabase } from '../config/data-folder.ts'
import { spelledPlace } from '../config/database-place.ts'
import { connectDatabase } from '../database/connect.ts'
import { migrate, migrationStates } from '../database/migrate.ts'
import { checkRequirements } from '../database/requirements.ts'
import { systemClock } from '../time.ts'
import type { Call, ExitCode } from './command.ts'
import { openExisting } from './database.ts'
import { verbOf } from './verb-of.ts'
import type { Told } from './verbs.ts'

export const verbs: Record<string, Told> = {
  status: { words: '', summary: 'print which migrations the database has; `gatelodge migrate` alone does the same' },
  up: { words: '', summary: 'create or bring up to date the tables, and the database file where there is none' },
}

export async function run(call: Call): Promise<ExitCode> {
  const [verb = 'status'] = call.words
  if (!verbOf('migrate', verbs, verb)) return 2
  const database = verb === 'up' ? await openOrMake(call) : await openExisting(call)
  if (!database) return 1
  try {
    await checkRequirements(database)
    if (verb === 'up') await migrate(database, systemClock)
    for (const { name, appliedAt } of await migrationStates(database)) {
      console.log(`${name}  ${appliedAt === null ? 'not applied' : `applied ${new Date(appliedAt).toISOString()}`}`)
    }
    return 0
  } finally {
    await database.close()
  }
}

/** The one command that makes a database where there is none, and says where. */
async function openOrMake({ settings }: Call) {
  console.error(`The database: ${spelledPlace(settings)}`)
  makeFolderOfDatabase(settings)
  return connectDatabase(settings, systemClock)
}
