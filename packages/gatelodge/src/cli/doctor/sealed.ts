// Whether the secret is the one that the values in the database were sealed with.
import type { Settings } from '../../config/schema.ts'
import { secretFile, secretsHere } from '../../config/secret.ts'
import type { Database } from '../../database/connect.ts'
import { isMigrated } from '../../database/migrate.ts'
import { sealedValues } from '../../identity/sealed-values.ts'
import { createSealing } from '../../identity/sealing.ts'
import { type DoctorFinding, fault, ok } from './finding.ts'

const name = 'database secret'

/** Tries it on a few of them. Where there is none, nothing is said. */
export async function sealedWith(settings: Settings, database: Database): Promise<DoctorFinding[]> {
  if (!(await isMigrated(database))) return []
  const values = await sealedValues(database.db)
  const [first] = values
  if (!first) return []
  const secrets = secretsHere(settings)
  if (!secrets) {
    const says = `the database has values that a secret sealed (${first.what}), and there is none here`
    const remedy = `Put the secret of the site at ${secretFile(settings.dataDir)}, or set \`secret\`, before the next start.`
    return [fault(name, says, remedy)]
  }
  const { open } = createSealing(secrets)
  const closed = values.filter(({ purpose, sealed }) => open(purpose, sealed) === undefined).map(({ what }) => what)
  if (closed.length === 0) return [ok(name, 'it opens what is sealed in the database')]
  const remedy =
    'Bring back the secret that the site had, or write it behind the new one with a comma between. Without it, users log in ' +
    'with a recovery code and set up their app again.'
  return [fault(name, `it does not open ${closed.join(', ')}`, remedy)]
}
