// The database: whether it is there, what it is, and whether this user may do with it what the site does.
import { existsSync, statSync } from 'node:fs'
import { serverUrl } from '../../config/addresses.ts'
import { fileOf, inMemory } from '../../config/database-place.ts'
import type { Settings } from '../../config/schema.ts'
import { connectDatabase, type Database } from '../../database/connect.ts'
import {
  aboutServer,
  missingForMigrations,
  missingRights,
  replicationOf,
  type ServerAbout,
} from '../../database/examine-server.ts'
import { isMigrated, migrationStates } from '../../database/migrate.ts'
import { serverProblems } from '../../database/requirements.ts'
import { type Milliseconds, seconds, systemClock } from '../../time.ts'
import { type DoctorFinding, type DoctorInput, fault, type Look, ok, takeLook, warning, wordsOf } from './finding.ts'

const mostAhead: Milliseconds = seconds(5)

async function lookAtDatabase(asked: DoctorInput): Promise<DoctorFinding[]> {
  const name = 'database'
  const { settings } = asked
  if (settings.databaseUrl === inMemory) {
    return [
      warning(name, 'in memory: all of it is forgotten when the site stops', 'Set databaseUrl, unless this is a test.'),
    ]
  }
  const file = fileOf(settings)
  if (file && !existsSync(file)) return [ok(name, `${file} is made at the first start`)]
  const foreign = file && ofAnother(file)
  if (foreign) return [foreign]
  const database = await connectDatabase(settings, systemClock)
  try {
    // One that cannot be reached is said once.
    const whyAway = await database.check().then(
      () => undefined,
      (error: unknown) => error,
    )
    if (whyAway !== undefined && !(await answers(database))) return [away(whyAway)]
    const looks = file ? onFile(file, settings, database) : onServer(settings, database)
    const findings = await Promise.all(looks.map((look) => takeLook(look, asked)))
    return findings.flat()
  } finally {
    await database.close()
  }
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
  return fault('database', `not to be had: ${wordsOf(why)}`, remedy)
}

function onFile(file: string, settings: Settings, database: Database): Look[] {
  return [
    { name: 'database', look: () => [ofFile(file)] },
    { name: 'database writes', look: () => writes(database) },
    { name: 'database tables', look: () => tables(settings, database) },
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

function onServer(settings: Settings, database: Database): Look[] {
  const { db } = database
  const problems = serverProblems(db)
  // Each look waits for them, and says what became of them.
  problems.catch(() => {})
  const about = aboutServer(db)
  about.catch(() => {})
  return [
    {
      name: 'database version',
      look: async () => {
        const { version } = await problems
        return [
          version
            ? fault('database version', version, 'Update the server.')
            : ok('database version', (await about).version),
        ]
      },
    },
    {
      name: 'database modes',
      look: async () => {
        const { modes } = await problems
        return [modes ? fault('database modes', modes, 'Change sql_mode.') : ofModes(await about)]
      },
    },
    {
      name: 'database collation',
      look: async () => {
        const { charset, collation } = await problems
        const problem = charset ?? collation
        return [
          problem
            ? fault('database collation', problem, 'As it says. Back up first.')
            : ok('database collation', 'utf8mb4_bin and ascii_bin'),
        ]
      },
    },
    { name: 'database hosts', look: () => ofHosts(database) },
    { name: 'database encryption', look: async () => [ofEncryption(settings, await about)] },
    { name: 'database clock', look: async () => [ofClock(await about)] },
    { name: 'database rights', look: () => rights(settings, database) },
    { name: 'database replication', look: () => replication(database) },
    { name: 'database writes', look: () => writes(database) },
    { name: 'database tables', look: () => tables(settings, database) },
  ]
}

/** Of several hosts; of one nothing is said. */
function ofHosts({ hosts }: Database): DoctorFinding[] {
  const name = 'database hosts'
  const states = hosts?.() ?? []
  if (states.length === 0) return []
  const says = states.map(({ host, role, error }) => [host, role, error].filter(Boolean).join(' ')).join(', ')
  const lost = states.filter(({ role }) => role === 'away' || role === 'unfit' || role === 'unknown')
  if (!states.some(({ role }) => role === 'writer')) {
    return [fault(name, says, 'None takes writes: see the state of the cluster.')]
  }
  if (lost.length > 0)
    return [warning(name, says, 'Bring those back that are not in use: the next failure would need one.')]
  return [ok(name, says)]
}

function ofModes({ modes }: ServerAbout): DoctorFinding {
  const name = 'database modes'
  if (/STRICT_(TRANS|ALL)_TABLES/.test(modes)) return ok(name, 'strict; each connection sets its own')
  const says = 'the server is not strict: what other programs write is cut where it is too long'
  const remedy =
    "Gatelodge sets its own modes. For the others, run: SET GLOBAL sql_mode = CONCAT(@@GLOBAL.sql_mode, ',STRICT_TRANS_TABLES')"
  return warning(name, says, remedy)
}

function ofEncryption({ databaseUrl }: Settings, { cipher }: ServerAbout): DoctorFinding {
  const name = 'database encryption'
  if (cipher) return ok(name, cipher)
  if (serverUrl(databaseUrl).isLoopback) return ok(name, 'not used: the server is on this machine')
  return warning(name, 'the connection is not encrypted', 'Put ?tls=required behind databaseUrl.')
}

function ofClock({ now }: ServerAbout): DoctorFinding {
  const name = 'database clock'
  const ahead = now - Date.now()
  const says = `${Math.abs(ahead / seconds(1)).toFixed(1)} s ${ahead < 0 ? 'behind' : 'ahead of'} this machine`
  if (Math.abs(ahead) <= mostAhead) return ok(name, says)
  return warning(name, says, 'One of the two clocks is wrong. Keep both right with NTP: timedatectl set-ntp true')
}

async function rights({ migrate }: Settings, { db }: Database): Promise<DoctorFinding[]> {
  const name = 'database rights'
  const missing = await missingRights(db)
  const forTables = migrate ? await missingForMigrations(db) : []
  const all = [...missing, ...(forTables ?? [])]
  if (all.length > 0) {
    const remedy =
      'GRANT SELECT, INSERT, UPDATE, DELETE on the database; CREATE, ALTER and INDEX as well, or set migrate to false ' +
      'and run gatelodge migrate up as another user.'
    const some = all.length > 4 ? `${all.slice(0, 4).join(', ')} and ${all.length - 4} more` : all.join(', ')
    return [fault(name, `missing: ${some}`, remedy)]
  }
  if (forTables === undefined) {
    const says = 'rows can be read and written; whether tables can be changed is not known, because roles give rights'
    return [warning(name, says, 'See that one of them gives CREATE, ALTER and INDEX.')]
  }
  return [ok(name, migrate ? 'rows and tables' : 'rows; another user changes the tables')]
}

const places = {
  single: 'one server, as far as this user may see',
  group: 'Group Replication',
  galera: 'Galera',
  replica: 'a replica',
}

async function replication({ db }: Database): Promise<DoctorFinding[]> {
  const name = 'database replication'
  const { kind, state, isWell } = await replicationOf(db)
  const says = `${places[kind]}: ${state}`
  if (isWell) return [ok(name, says)]
  const remedy = 'Name the server that takes writes and is in step with the others in databaseUrl.'
  return [fault(name, says, remedy)]
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
