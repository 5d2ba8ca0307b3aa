// What a MySQL or MariaDB server says of itself, for `gatelodge doctor`. Changes nothing.
import { sql } from 'kysely'
import type { Database } from './connect.ts'
import type { Tables } from './schema.ts'

type Db = Database['db']

export interface ServerAbout {
  version: string
  /** Of the server, for connections that do not set their own as ours do. */
  modes: string
  /** Epoch milliseconds, by the server's clock. */
  now: number
  /** Of our connection; empty where it is not encrypted. */
  cipher: string
}

export async function aboutServer(db: Db): Promise<ServerAbout> {
  const { rows } = await sql<{ version: string; modes: string; now: number | string }>`select version() as version,
    @@global.sql_mode as modes, cast(unix_timestamp(current_timestamp(3)) * 1000 as signed) as now`.execute(db)
  const { rows: status } = await sql<{ Value: string }>`show session status like 'Ssl_cipher'`.execute(db)
  const [row] = rows
  return {
    version: row?.version ?? '',
    modes: row?.modes ?? '',
    now: Number(row?.now ?? 0),
    cipher: status[0]?.Value ?? '',
  }
}

/** ER_TABLEACCESS_DENIED_ERROR, ER_COLUMNACCESS_DENIED_ERROR, ER_DBACCESS_DENIED_ERROR, ER_SPECIFIC_ACCESS_DENIED_ERROR */
const denied = [1142, 1143, 1044, 1227]

/** Tried on every table of ours, on no row. @returns such as `DELETE on gatelodge_sessions`. */
export async function missingRights(db: Db): Promise<string[]> {
  // MySQL takes no values for the columns that it works out itself.
  const { rows } = await sql<{
    name: keyof Tables
    column: string
  }>`select table_name as name, column_name as \`column\`
    from information_schema.columns where table_schema = database() and left(table_name, 10) = 'gatelodge_'
    and coalesce(generation_expression, '') = '' order by table_name, ordinal_position`.execute(db)
  const missing: string[] = []
  for (const [name, ofTable = []] of Object.entries(Object.groupBy(rows, (row) => row.name))) {
    const table = sql.table(name)
    const columns = sql.join(ofTable.map(({ column }) => sql.ref(column)))
    const first = sql.ref(ofTable[0]?.column ?? '')
    const tries = {
      SELECT: sql`select 1 from ${table} where 1 = 0`,
      INSERT: sql`insert into ${table} (${columns}) select ${columns} from ${table} where 1 = 0`,
      UPDATE: sql`update ${table} set ${first} = ${first} where 1 = 0`,
      DELETE: sql`delete from ${table} where 1 = 0`,
    }
    for (const [right, statement] of Object.entries(tries)) {
      const error = await statement.execute(db).then(
        () => undefined,
        (thrown: { errno?: number }) => thrown,
      )
      if (error && !denied.includes(error.errno ?? 0)) throw error
      if (error) missing.push(`${right} on ${name}`)
    }
  }
  return missing
}

const forMigrations = ['CREATE', 'ALTER', 'INDEX'] as const

/** For a user that brings the tables up to date. @returns what is missing; undefined: roles may give it, and nobody can tell. */
export async function missingForMigrations(db: Db): Promise<string[] | undefined> {
  const { rows } = await sql<Record<string, string>>`show grants`.execute(db)
  const { rows: names } = await sql<{ name: string }>`select database() as name`.execute(db)
  const lines = rows.map((row) => String(Object.values(row)[0]))
  const given = lines.flatMap((line) => {
    const [, rights = '', place = ''] = /^GRANT (.+) ON (\S+) TO /.exec(line) ?? []
    return isHere(place, names[0]?.name ?? '') ? rights.split(', ') : []
  })
  if (given.includes('ALL PRIVILEGES')) return []
  const missing = forMigrations.filter((right) => !given.includes(right))
  // A line without ON gives a role.
  return missing.length > 0 && lines.some((line) => !/ ON \S+ TO /.test(line)) ? undefined : missing
}

/** @param place `*.*`, or a database in quotes, with wildcards behind a backslash. */
function isHere(place: string, name: string): boolean {
  if (place === '*.*') return true
  return place.endsWith('.*') && place.slice(0, -2).replaceAll(/[`\\]/g, '') === name
}

export interface Replication {
  kind: 'single' | 'group' | 'galera' | 'replica'
  isReadOnly: boolean
  /** In words of the server: what it says of its own place. */
  state: string
  /** Whether it is a member that may write, in step with the others. */
  isWell: boolean
}

/** As far as this user may see it. */
export async function replicationOf(db: Db): Promise<Replication> {
  const { rows } = await sql<{ readOnly: number }>`select @@global.read_only as readOnly`.execute(db)
  const isReadOnly = Number(rows[0]?.readOnly) !== 0
  return (await galera(db, isReadOnly)) ?? (await group(db, isReadOnly)) ?? (await replica(db, isReadOnly))
}

async function galera(db: Db, isReadOnly: boolean): Promise<Replication | undefined> {
  const { rows } = await sql<{ Variable_name: string; Value: string }>`show global status like 'wsrep_%'`.execute(db)
  const status = new Map(rows.map((row) => [row.Variable_name.toLowerCase(), row.Value]))
  const [size, state] = [Number(status.get('wsrep_cluster_size') ?? 0), status.get('wsrep_local_state_comment') ?? '']
  if (size === 0 || status.get('wsrep_cluster_status') === 'Disconnected') return undefined
  const isPrimary = status.get('wsrep_cluster_status') === 'Primary'
  const isWell = isPrimary && status.get('wsrep_ready') === 'ON' && state === 'Synced' && !isReadOnly
  return { kind: 'galera', isReadOnly, isWell, state: `${state}, ${size} nodes${isPrimary ? '' : ', no majority'}` }
}

async function group(db: Db, isReadOnly: boolean): Promise<Replication | undefined> {
  const rows = await orNone(
    sql<{ state: string; role: string; own: number }>`select member_state as state, member_role as role,
      member_id = @@server_uuid as own from performance_schema.replication_group_members`.execute(db),
  )
  const own = rows.find((row) => Number(row.own) === 1)
  if (!own || own.state === 'OFFLINE') return undefined
  const online = rows.filter((row) => row.state === 'ONLINE').length
  const isWell = own.state === 'ONLINE' && own.role === 'PRIMARY' && !isReadOnly && online * 2 > rows.length
  return { kind: 'group', isReadOnly, isWell, state: `${own.state}, ${own.role}, ${online} of ${rows.length} online` }
}

async function replica(db: Db, isReadOnly: boolean): Promise<Replication> {
  // The newer word, then the only one that MariaDB knew for long; both need a right that few users have.
  const rows = [
    ...(await orNone(sql<Record<string, unknown>>`show replica status`.execute(db))),
    ...(await orNone(sql<Record<string, unknown>>`show slave status`.execute(db))),
  ]
  if (rows.length === 0) {
    return { kind: 'single', isReadOnly, isWell: !isReadOnly, state: isReadOnly ? 'read-only' : 'takes writes' }
  }
  return {
    kind: 'replica',
    isReadOnly,
    isWell: false,
    state: `replicates another server${isReadOnly ? ', read-only' : ''}`,
  }
}

async function orNone<Row>(asking: Promise<{ rows: Row[] }>): Promise<Row[]> {
  return asking.then(
    ({ rows }) => rows,
    () => [],
  )
}
