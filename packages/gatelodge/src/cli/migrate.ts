// `gatelodge migrate status | up`
import { connectDatabase } from '../database/connect.ts'
import { migrate, migrationStates } from '../database/migrate.ts'
import { checkRequirements } from '../database/requirements.ts'
import { systemClock } from '../time.ts'
import type { Call, ExitCode } from './command.ts'

export async function run({ words, settings }: Call): Promise<ExitCode> {
  const [verb = 'status'] = words
  if (verb !== 'status' && verb !== 'up') {
    console.error('Use: gatelodge migrate status, or: gatelodge migrate up')
    return 2
  }
  const database = await connectDatabase(settings, systemClock)
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
