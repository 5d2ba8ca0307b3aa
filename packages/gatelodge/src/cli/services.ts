// Everything that a command works with, on a database that is there already.
import { declared } from '../app.ts'
import type { Settings } from '../config/schema.ts'
import { secretsNeeded } from '../config/secret.ts'
import { createSealing, type Sealing } from '../identity/sealing.ts'
import { createLog } from '../log.ts'
import { createServices, type Services } from '../services.ts'
import type { Call } from './command.ts'
import { openDatabase } from './database.ts'

/** undefined: the reason is on stderr. The caller closes the services. */
export async function openServices(call: Call): Promise<Services | undefined> {
  const database = await openDatabase(call)
  if (!database) return undefined
  // What a command has to say it says itself, and it answers no requests of apps.
  const settings = { ...call.settings, logLevel: 'silent' as const, identityToken: false }
  return createServices(settings, declared, { database, log: createLog(settings), sealing: sealingWhenUsed(settings) })
}

/**
 * Reads the secret when something is sealed or opened: a command that only reads needs none. No command makes one: it would
 * be in the place of the right one, and what it sealed could not be opened by the site.
 */
function sealingWhenUsed(settings: Settings): Sealing {
  let made: Sealing | undefined
  const sealing = () => {
    made ??= createSealing(secretsNeeded(settings))
    return made
  }
  return {
    seal: (...asked) => sealing().seal(...asked),
    open: (...asked) => sealing().open(...asked),
    seeds: (...asked) => sealing().seeds(...asked),
    sign: (...asked) => sealing().sign(...asked),
    verify: (...asked) => sealing().verify(...asked),
  }
}
