import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { ask, onEachDatabase, onMysql } from '../../tests/support/databases.ts'
import { makeApp, movedClock } from '../../tests/support/make-app.ts'
import { seconds, systemClock } from '../time.ts'
import { connectDatabase, type Database } from './connect.ts'
import { isMigrated, migrate, migrationStates } from './migrate.ts'
import { checkRequirements } from './requirements.ts'

onMysql('The start', (database) => {
  it('stops where the SQL mode is not strict, and says what to do', async () => {
    const modes = (await ask(inject('mysqlUrl'), 'select @@global.sql_mode as modes'))[0]?.modes
    const separate = await connectWith(database.url, "set session sql_mode = ''")
    await expect(checkRequirements(separate)).rejects.toThrow(/SQL mode is not strict; add STRICT_TRANS_TABLES/)
    await separate.close()
    expect(modes).toContain('STRICT_TRANS_TABLES')
  })

  it('stops where a column has another collation, and names it', async () => {
    const app = await makeApp(database)
    await ask(
      database.url,
      'alter table gatelodge_accounts modify name varchar(100) character set utf8mb4 collate utf8mb4_general_ci not null',
    )
    await expect(checkRequirements(app.services.database)).rejects.toThrow(
      /collation of these columns .*: gatelodge_accounts\.name\. Convert/,
    )
    await ask(
      database.url,
      'alter table gatelodge_accounts modify name varchar(100) character set utf8mb4 collate utf8mb4_bin not null',
    )
    await expect(checkRequirements(app.services.database)).resolves.toBeUndefined()
    await app.close()
  })

  it('V12.3.1 V12.3.2 stops where TLS is wanted and cannot be had, or the certificate is nobody we know', async () => {
    const told = makeApp({ url: `${database.url}?tls=required` })
    await expect(told).rejects.toThrow(/cannot be reached as \?tls=required asks: .*NODE_EXTRA_CA_CERTS/)
  })

  it('stops where the server refuses us, without the password in what it says', async () => {
    const url = new URL(database.url)
    url.username = 'nobody'
    url.password = 'canary-password'
    const told = await makeApp({ url: url.href }).then(
      () => 'nothing',
      (error: Error) => error.message,
    )
    expect(told).toMatch(
      /The database server refuses us: .* Check the user, the password and the name in databaseUrl\./,
    )
    expect(told).not.toContain('canary')
    await expect(makeApp({ url: `${inject('mysqlUrl')}/no_such_database` })).rejects.toThrow(
      /refuses us: Unknown database/,
    )
  })
})

/** A connection on which one statement was run first, as a server's configuration would have it. */
async function connectWith(url: string, statement: string): Promise<Database> {
  const database = await connectDatabase(
    { databaseUrl: url, databaseConnections: 1, databaseTimeout: seconds(5) },
    systemClock,
  )
  const { sql } = await import('kysely')
  await sql.raw(statement).execute(database.db)
  return database
}

onEachDatabase('Migrations', (database) => {
  let databases: Database[]
  beforeAll(async () => {
    const settings = { databaseUrl: database.url, databaseConnections: 2, databaseTimeout: seconds(20) }
    databases = await Promise.all([1, 2, 3].map(() => connectDatabase(settings, systemClock)))
  })
  afterAll(async () => {
    for (const one of databases) await one.close()
  })

  it('run once, although several copies start together, and again without harm', async () => {
    const [first] = databases as [Database]
    expect(await isMigrated(first)).toBe(false)
    // One process has one SQLite file open at a time for writing; on MySQL all three go at once.
    const copies = database.name === 'SQLite' ? [first] : databases
    const applied = await Promise.all(copies.map((one) => migrate(one, movedClock())))
    expect(applied.flat()).toEqual(['0001-baseline'])
    expect(await migrate(first, movedClock())).toEqual([])
    expect(await isMigrated(first)).toBe(true)
    expect((await migrationStates(first)).map(({ name }) => name)).toEqual(['0001-baseline'])
  })

  it('may be cut off in the middle and run to their end the next time', async () => {
    const [first] = databases as [Database]
    await first.db.schema.dropTable('gatelodge_sessions').execute()
    await first.db.schema.dropTable('gatelodge_logins_under_way').execute()
    await first.db.schema.dropTable('gatelodge_migrations').execute()
    expect(await migrate(first, movedClock())).toEqual(['0001-baseline'])
    expect(await first.db.selectFrom('gatelodge_sessions').selectAll().execute()).toEqual([])
  })
})
