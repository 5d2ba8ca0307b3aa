// Everything that a command works with, on a database that is there already.
import { declared } from '../app.ts'
import { createLog } from '../log.ts'
import { createServices, type Services } from '../services.ts'
import type { Call } from './command.ts'
import { openDatabase } from './database.ts'

/** undefined: the reason is on stderr. The caller closes the services. */
export async function openServices(call: Call): Promise<Services | undefined> {
  const database = await openDatabase(call)
  if (!database) return undefined
  // What a command has to say it says itself.
  const settings = { ...call.settings, logLevel: 'silent' as const }
  return createServices(settings, declared, { database, log: createLog(settings) })
}
