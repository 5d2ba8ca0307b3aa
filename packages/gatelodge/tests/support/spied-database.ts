// A real database, with a test in the way of each of its statements.
import type { CompiledQuery, DatabaseConnection, Dialect as KyselyDialect, Driver as KyselyDriver } from 'kysely'
import type { Driver } from '../../src/database/driver.ts'

/** @param text the statement; BEGIN and COMMIT are among them. */
export type Around = <T>(work: () => Promise<T>, text: string) => Promise<T>

export function spied(driver: Driver, around: Around): Driver {
  const kyselyDialect = withDriver(driver.kyselyDialect, around)
  return { ...driver, kyselyDialect, read: (text, values) => around(() => driver.read(text, values), text) }
}

function withDriver(dialect: KyselyDialect, around: Around): KyselyDialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => spiedDriver(dialect.createDriver(), around),
  }
}

function spiedDriver(driver: KyselyDriver, around: Around): KyselyDriver {
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
          if (name === 'executeQuery')
            return (query: CompiledQuery) => around(() => target.executeQuery(query), query.sql)
          const value = Reflect.get(target, name)
          return typeof value === 'function' ? value.bind(target) : value
        },
      })
    known.set(connection, spy)
    return spy
  }
}
