// A real database in which one chosen statement goes wrong, once.
import type { CompiledQuery, DatabaseConnection, Dialect as KyselyDialect, Driver as KyselyDriver } from 'kysely'
import type { Driver } from '../../src/database/driver.ts'

/** before: the statement never arrives; after: it is carried out, and its answer is lost. */
export type Moment = 'before' | 'after'

export interface Faults {
  /** Whether the armed fault has happened. */
  happened: boolean
  /** The statement number `at` (from 1, BEGIN and COMMIT among them) goes wrong with `error`. */
  arm(at: number, moment: Moment, error: Error): void
  disarm(): void
}

export function faulty(driver: Driver): { driver: Driver; faults: Faults } {
  let armed: { at: number; moment: Moment; error: Error } | undefined
  let count = 0
  const faults: Faults = {
    happened: false,
    arm(at, moment, error) {
      count = 0
      faults.happened = false
      armed = { at, moment, error }
    },
    disarm() {
      armed = undefined
    },
  }
  async function around<T>(work: () => Promise<T>): Promise<T> {
    count += 1
    const fault = armed?.at === count ? armed : undefined
    if (fault) {
      armed = undefined
      faults.happened = true
    }
    if (fault?.moment === 'before') throw fault.error
    const result = await work()
    if (fault) throw fault.error
    return result
  }
  const kyselyDialect = withDriver(driver.kyselyDialect, around)
  return { driver: { ...driver, kyselyDialect, read: (...call) => around(() => driver.read(...call)) }, faults }
}

type Around = <T>(work: () => Promise<T>) => Promise<T>

function withDriver(dialect: KyselyDialect, around: Around): KyselyDialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => spied(dialect.createDriver(), around),
  }
}

function spied(driver: KyselyDriver, around: Around): KyselyDriver {
  const execute = connectionSpy(around)
  return new Proxy(driver, {
    get(target, name) {
      const method = Reflect.get(target, name)
      if (name === 'acquireConnection') {
        return async (...call: Parameters<KyselyDriver['acquireConnection']>) =>
          execute(await target.acquireConnection(...call))
      }
      return typeof method === 'function' ? method.bind(target) : method
    },
  })
}

/** BEGIN, COMMIT and ROLLBACK are sent through the connection too, so each statement passes here once. */
function connectionSpy(around: Around) {
  const known = new WeakMap<DatabaseConnection, DatabaseConnection>()
  return (connection: DatabaseConnection): DatabaseConnection => {
    const spy =
      known.get(connection) ??
      new Proxy(connection, {
        get(target, name) {
          if (name === 'executeQuery') return (query: CompiledQuery) => around(() => target.executeQuery(query))
          const value = Reflect.get(target, name)
          return typeof value === 'function' ? value.bind(target) : value
        },
      })
    known.set(connection, spy)
    return spy
  }
}
