// What a MySQL or MariaDB server must be like. Asked once at start; where it is not, the answer says what to do.
import { sql } from 'kysely'
import type { Database } from './connect.ts'

/** The server answers, but Gatelodge would not be safe on it. Waiting does not help: a person has to change something. */
export class Unfit extends Error {
  override name = 'Unfit'
}

/** @throws {Unfit} with one sentence for each thing that has to change. */
export async function checkRequirements({ db, dialect }: Pick<Database, 'db' | 'dialect'>): Promise<void> {
  if (dialect.name === 'sqlite') return
  const { version, modes, charset, collation } = await serverProblems(db)
  const found = [version, modes, charset, collation].filter((problem) => problem !== undefined)
  if (found.length > 0) throw new Unfit(found.join('\n'))
}

export interface ServerProblems {
  version: string | undefined
  modes: string | undefined
  charset: string | undefined
  collation: string | undefined
}

/** Of a MySQL or MariaDB server: one sentence for each thing that has to change. */
export async function serverProblems(db: Database['db']): Promise<ServerProblems> {
  const { rows } = await sql<ServerFacts>`select version() as version, @@session.sql_mode as modes,
    @@character_set_client as client, @@character_set_results as results, @@character_set_connection as connection`.execute(
    db,
  )
  const facts = rows[0]
  if (!facts) throw new Error('the server did not say what it is')
  return {
    version: versionProblem(facts.version),
    modes: strictProblem(facts.modes),
    charset: charsetProblem(facts),
    collation: await collationProblem(db),
  }
}

interface ServerFacts {
  version: string
  modes: string
  client: string
  results: string
  connection: string
}

function versionProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version
    .replace(/^5\.5\.5-/, '')
    .split('.')
    .map(Number)
  const isMariadb = /mariadb/i.test(version)
  const isKnown = isMariadb ? major > 10 || (major === 10 && minor >= 6) : major >= 8
  if (isKnown) return undefined
  return `The database server is ${version}; use MySQL 8.0 or later, or MariaDB 10.6 or later.`
}

function strictProblem(modes: string): string | undefined {
  if (/STRICT_(TRANS|ALL)_TABLES/.test(modes)) return undefined
  // Without it the server cuts what is too long and stores the rest.
  return "The server's SQL mode is not strict; add STRICT_TRANS_TABLES to sql_mode in its configuration, or run: SET GLOBAL sql_mode = CONCAT(@@GLOBAL.sql_mode, ',STRICT_TRANS_TABLES')"
}

function charsetProblem({ client, results, connection }: ServerFacts): string | undefined {
  if ([client, results, connection].every((charset) => charset === 'utf8mb4')) return undefined
  return `The connection uses ${client}, but the server must allow utf8mb4 (remove skip-character-set-client-handshake from its configuration).`
}

/** Columns that were converted to another collation would take different addresses or names for equal ones. */
async function collationProblem(db: Database['db']): Promise<string | undefined> {
  const wanted = await sql<{ name: string }>`select collation_name as name from information_schema.collations
    where collation_name in ('utf8mb4_bin', 'ascii_bin')`.execute(db)
  if (wanted.rows.length < 2)
    return 'The server lacks the collations utf8mb4_bin and ascii_bin; use a server that was built with them.'
  const strange = await sql<{ place: string }>`select concat(table_name, '.', column_name) as place
    from information_schema.columns where table_schema = database() and left(table_name, 10) = 'gatelodge_'
    and collation_name is not null and collation_name not in ('utf8mb4_bin', 'ascii_bin')`.execute(db)
  if (strange.rows.length === 0) return undefined
  const places = strange.rows.map((row) => row.place).join(', ')
  return `The collation of these columns is neither utf8mb4_bin nor ascii_bin: ${places}. Convert them with ALTER TABLE ... CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin.`
}
