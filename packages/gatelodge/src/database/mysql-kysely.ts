// Kysely on our own connections. Its driver for MySQL puts values into the text of a statement; this one never does.
import { setTimeout as pause } from 'node:timers/promises'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver as KyselyDriver,
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  type QueryResult,
} from 'kysely'
import { mysql } from './dialect.ts'
import { isTimeout, type LimitedConnection, type MysqlAnswer } from './mysql-connection.ts'
import type { Lanes } from './mysql-pool.ts'

export function kyselyOnMysql(lanes: Lanes, end: () => Promise<void>): Dialect {
  return {
    createDriver: () => driver(lanes, end),
    createQueryCompiler: () => new MysqlQueryCompiler(),
    createAdapter: () => new MysqlAdapter(),
    createIntrospector: (db) => new MysqlIntrospector(db),
  }
}

function driver(lanes: Lanes, end: () => Promise<void>): KyselyDriver {
  const say = (text: 'begin' | 'commit' | 'rollback') => async (connection: DatabaseConnection) => {
    // biome-ignore lint/plugin: one of three words, none of which has a value.
    await connection.executeQuery(CompiledQuery.raw(text))
  }
  return {
    init: async () => {},
    // Taken from the pool at its first statement, which decides the lane.
    acquireConnection: async () => new LazyConnection(lanes),
    beginTransaction: say('begin'),
    commitTransaction: say('commit'),
    rollbackTransaction: say('rollback'),
    releaseConnection: async (connection) => (connection as LazyConnection).release(),
    destroy: end,
  }
}

class LazyConnection implements DatabaseConnection {
  #lanes: Lanes
  #held: LimitedConnection | undefined

  constructor(lanes: Lanes) {
    this.#lanes = lanes
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    if (!this.#held && isPlainRead(sql)) return resultOf(await readOnce(this.#lanes, sql, parameters))
    this.#held ??= await this.#lanes.take('write')
    return resultOf(await this.#held.send(sql, parameters))
  }

  // biome-ignore lint/correctness/useYield: part of Kysely's interface that nothing here uses.
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error('Rows are not streamed here.')
  }

  release(): void {
    this.#held?.release()
    this.#held = undefined
  }
}

/** What changes nothing and locks nothing may be asked twice. */
function isPlainRead(text: string): boolean {
  return /^\s*select\b/i.test(text) && !/\bfor update\b|\bin share mode\b/i.test(text)
}

/** One statement outside any transaction, once more where its connection was cut. A silent server is not asked again. */
export async function readOnce(lanes: Lanes, text: string, values: readonly unknown[]): Promise<MysqlAnswer> {
  try {
    return await onOwnConnection(lanes, text, values)
  } catch (error) {
    if (mysql.faultOf(error) !== 'lost' || isTimeout(error)) throw error
    // Others that were cut with it are noticed meanwhile.
    await pause(10)
    return onOwnConnection(lanes, text, values)
  }
}

async function onOwnConnection(lanes: Lanes, text: string, values: readonly unknown[]): Promise<MysqlAnswer> {
  const connection = await lanes.take('read')
  try {
    return await connection.send(text, values)
  } finally {
    connection.release()
  }
}

function resultOf<Row>(answer: MysqlAnswer): QueryResult<Row> {
  if (Array.isArray(answer)) return { rows: answer as Row[] }
  return { rows: [], numAffectedRows: BigInt(answer.affectedRows) }
}
