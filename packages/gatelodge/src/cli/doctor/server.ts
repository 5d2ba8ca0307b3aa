// A database server: its version and settings, the hosts, the rights of our user, and its place among others.
import { serverUrl } from '../../config/addresses.ts'
import type { Settings } from '../../config/schema.ts'
import type { Database } from '../../database/connect.ts'
import {
  aboutServer,
  missingForMigrations,
  missingRights,
  replicationOf,
  type ServerAbout,
} from '../../database/examine-server.ts'
import { type ServerProblems, serverProblems } from '../../database/requirements.ts'
import { type Milliseconds, seconds } from '../../time.ts'
import { type DoctorFinding, fault, type Look, ok, warning } from './finding.ts'

const mostAhead: Milliseconds = seconds(5)

/** The looks at the server itself; those at our tables are the same for SQLite. */
export function onServer(settings: Settings, database: Database): Look[] {
  const { db } = database
  const problems = serverProblems(db)
  // Each look waits for them, and says what became of them.
  problems.catch(() => {})
  const about = aboutServer(db)
  about.catch(() => {})
  return [
    { name: 'database version', look: async () => [ofVersion((await problems).version, await about)] },
    { name: 'database modes', look: async () => [ofModes((await problems).modes, await about)] },
    { name: 'database collation', look: async () => [ofCollation(await problems)] },
    { name: 'database hosts', look: () => ofHosts(database) },
    { name: 'database encryption', look: async () => [ofEncryption(settings, await about)] },
    { name: 'database clock', look: async () => [ofClock(await about)] },
    { name: 'database rights', look: () => rights(settings, database) },
    { name: 'database replication', look: () => replication(database) },
  ]
}

function ofVersion(problem: string | undefined, { version }: ServerAbout): DoctorFinding {
  const name = 'database version'
  return problem ? fault(name, problem, 'Update the server.') : ok(name, version)
}

function ofCollation({ charset, collation }: ServerProblems): DoctorFinding {
  const name = 'database collation'
  const problem = charset ?? collation
  if (problem) return fault(name, problem, 'Make a backup first.')
  return ok(name, 'utf8mb4_bin and ascii_bin')
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

function ofModes(problem: string | undefined, { modes }: ServerAbout): DoctorFinding {
  const name = 'database modes'
  if (problem) return fault(name, problem, 'Change sql_mode.')
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
