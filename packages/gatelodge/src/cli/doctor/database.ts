// The database: whether it is there, what it is, and whether this user may do with it what the site does.
import { existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileOf, inMemory } from '../../config/database-place.ts'
import type { Settings } from '../../config/schema.ts'
import { connectDatabase, type Database } from '../../database/connect.ts'
import { isMigrated, migrationStates } from '../../database/migrate.ts'
import { systemClock } from '../../time.ts'
import { type DoctorFinding, type DoctorInput, fault, type Look, ok, takeLook, warning, wordsOf } from './finding.ts'
import { existing, whyNotWritable } from './folder.ts'
import { sealedWith } from './sealed.ts'
import { onServer } from './server.ts'

async function lookAtDatabase(asked: DoctorInput): Promise<DoctorFinding[]> {
  const name = 'database'
  const { settings } = asked
  if (settings.databaseUrl === inMemory) {
    return [
      warning(name, 'in memory: all of it is forgotten when the site stops', 'Set databaseUrl, unless this is a test.'),
    ]
  }
  const file = fileOf(settings)
  if (file && !existsSync(file)) return [notYet(file, settings)]
  const foreign = file && ofAnother(file)
  if (foreign) return [foreign]
  const database = await connectDatabase(settings, systemClock).catch((error: Error) => error)
  if (database instanceof Error) return [file ? notOpened(file, database) : away(database)]
  try {
    // One that cannot be reached is said once.
    const whyAway = await database.check().then(
      () => undefined,
      (error: unknown) => error,
    )
    if (whyAway !== undefined && !(await answers(database))) return [away(whyAway)]
    const ofItsKind = file ? [{ name, look: () => [ofFile(file)] }] : onServer(settings, database)
    const looks = [...ofItsKind, ...onTables(settings, database)]
    const findings = await Promise.all(looks.map((look) => takeLook(look, asked)))
    return findings.flat()
  } finally {
    await database.close()
  }
}

function notOpened(file: string, why: Error): DoctorFinding {
  const remedy = 'Make room on its disk, give it to the user that runs the site, or restore it from a backup.'
  return fault('database', `${file} cannot be opened: ${wordsOf(why)}`, remedy)
}

/** The check writes as well: tables that are not there, or rights, are looked at by themselves. */
const answers = ({ read }: Database) =>
  read('select 1', []).then(
    () => true,
    () => false,
  )

function away(why: unknown): DoctorFinding {
  const remedy =
    'Set user, password, host, port and name in databaseUrl; start the server; let the firewall pass it. With ' +
    '?tls=required its certificate must be for that host, by an issuer that Node knows or NODE_EXTRA_CA_CERTS names.'
  return fault('database', `cannot be reached: ${wordsOf(why)}`, remedy)
}

/** The first start makes the file, and the data folder; any other folder must be there. */
function notYet(file: string, { dataDir }: Settings): DoctorFinding {
  const name = 'database'
  const folder = dirname(file)
  const refused = folder === resolve(dataDir) || existsSync(folder) ? whyNotWritable(existing(folder)) : 'ENOENT'
  if (refused === undefined) return ok(name, `${file} is made at the first start`)
  return fault(
    name,
    `${file} cannot be made: ${refused}`,
    'Give the user that runs the site a folder that it can write.',
  )
}

function onTables(settings: Settings, database: Database): Look[] {
  return [
    { name: 'database writes', look: () => writes(database) },
    { name: 'database tables', look: () => tables(settings, database) },
    { name: 'database secret', look: () => sealedWith(settings, database) },
  ]
}

/** It is not opened then: the files that SQLite makes beside it would be those of the wrong user. */
function ofAnother(file: string): DoctorFinding | undefined {
  const { uid } = statSync(file)
  const user = process.getuid?.()
  if (user === undefined || user === uid) return undefined
  const says = `not looked at: ${file} belongs to user ${uid}, and this command runs as user ${user}`
  return warning('database', says, 'Run commands as the user that runs the site.')
}

function ofFile(file: string): DoctorFinding {
  const name = 'database'
  const { mode } = statSync(file)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    return warning(name, `other users of this machine can open ${file}`, `chmod 600 ${file}`)
  return ok(name, `SQLite ${process.versions.sqlite}, ${file}`)
}

async function writes(database: Database): Promise<DoctorFinding[]> {
  const name = 'database writes'
  if (!(await isMigrated(database))) return [ok(name, 'not tried: the tables come first')]
  try {
    await database.check()
    return [ok(name, 'taken')]
  } catch (error) {
    const remedy = 'See whether its disk is full, whether it is a primary, and the lines about rights and tables.'
    return [fault(name, `not taken: ${wordsOf(error)}`, remedy)]
  }
}

async function tables({ migrate }: Settings, database: Database): Promise<DoctorFinding[]> {
  const name = 'database tables'
  const missing = (await migrationStates(database)).filter(({ appliedAt }) => appliedAt === null)
  if (missing.length === 0) return [ok(name, 'up to date')]
  const says = `to be brought up to date: ${missing.map((one) => one.name).join(', ')}`
  if (migrate) return [ok(name, `${says}; the next start does it`)]
  return [fault(name, says, 'Run: gatelodge migrate up')]
}

export const database: Look = { name: 'database', look: lookAtDatabase }
