// `gatelodge migrate status | up`
import { makeFolderOfDatabase } from '../config/data-folder.ts'
import { spelledPlace } from '../config/database-place.ts'
import { connectDatabase } from '../database/connect.ts'
import { migrate, migrationStates } from '../database/migrate.ts'
import { checkRequirements } from '../database/requirements.ts'
import { systemClock } from '../time.ts'
import type { Call, ExitCode } from './command.ts'
import { openExisting } from './database.ts'

export async function run(call: Call): Promise<ExitCode> {
  const [verb = 'status'] = call.words
  if (verb !== 'status' && verb !== 'up') {
    console.error('Use: gatelodge migrate status, or: gatelodge migrate up')
    return 2
  }
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
