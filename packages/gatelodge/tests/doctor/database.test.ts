// `gatelodge doctor` on databases with something broken.
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { database as looks } from '../../src/cli/doctor/database.ts'
import type { Settings } from '../../src/config/schema.ts'
import { spell } from '../../src/identity/passwords/foreign/recipe.ts'
import { createSealing } from '../../src/identity/sealing.ts'
import { factorRows } from '../../src/identity/second-factors/storage.ts'
import { ask, onEachDatabase, onMysql } from '../support/databases.ts'
import { asked, look, spelled, stateOf } from '../support/doctor.ts'
import { makeApp, useApp } from '../support/make-app.ts'
import { freePort, type PrivateServer, startServer } from '../support/mysql-server.ts'
import { someoneWithApp } from '../support/second-factor.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'gatelodge-doctor-'))

const states = async (databaseUrl: string, settings: Partial<Settings> = {}) =>
  look(looks, asked({ databaseUrl, databaseTimeout: 2_000, ...settings }))

const faultsIn = (findings: Awaited<ReturnType<typeof states>>) =>
  findings.filter(({ state }) => state === 'fault').map(spelled)

it('SQLite: a file that is not there yet is no fault, one that others can open is a warning', async () => {
  const file = join(folder(), 'test.sqlite')
  expect(stateOf(await states(`sqlite:${file}`), 'database')).toEqual(['ok'])
  await (await makeApp({ url: `sqlite:${file}` })).close()
  const well = await states(`sqlite:${file}`)
  expect(well.map(({ check, state }) => [check, state])).toEqual([
    ['database', 'ok'],
    ['database writes', 'ok'],
    ['database tables', 'ok'],
  ])
  chmodSync(file, 0o644)
  expect(stateOf(await states(`sqlite:${file}`), 'database')).toEqual(['warning'])
  writeFileSync(file, 'no database', { mode: 0o600 })
  chmodSync(file, 0o600)
  const damaged = await states(`sqlite:${file}`)
  expect(damaged.map(spelled)).toEqual([expect.stringMatching(/^fault database: .*cannot be opened: .* → Make room/)])
  const nowhere = await states(`sqlite:${join(file, '../nowhere/test.sqlite')}`)
  expect(nowhere.map(spelled)).toEqual([
    expect.stringMatching(/^fault database: .*nowhere.* cannot be made: ENOENT → /),
  ])
})

onEachDatabase('The doctor, about the secret', (database) => {
  const [right, wrong] = ['a-secret-for-tests-0123456789-abcdefgh', 'another-secret-0123456789-abcdefghijkl']
  const app = useApp(database)

  const told = async (secret: string[] | undefined) =>
    (await states(database.url, { secret, dataDir: folder() }))
      .filter(({ check }) => check === 'database secret')
      .map(spelled)

  it('opens what is sealed in the database, and says nothing where nothing is', async () => {
    expect(await told([wrong])).toEqual([])
    await someoneWithApp(app())
    expect(await told([right])).toEqual(['ok database secret: it opens what is sealed in the database'])
    expect(await told([wrong, right])).toEqual(['ok database secret: it opens what is sealed in the database'])
    expect(await told([wrong])).toEqual([
      expect.stringMatching(/^fault .* does not open the app codes of the newest account .* → Bring back the secret/),
    ])
    expect(await told(undefined)).toEqual([
      expect.stringMatching(
        /^fault .* that a secret sealed .*, and there is none here → Put the secret of the site at /,
      ),
    ])
    // A site that has lost its secret, and whose users set up their apps again.
    const { database: store } = app().services
    const sealed = createSealing([wrong]).seal('second factor', 'newer')
    const id = Buffer.alloc(16, 0xff)
    await factorRows.insertTotp(store.db, id, { secret: sealed, lastStep: 1, createdAt: 1 })
    expect(await told([wrong])).toEqual([expect.stringMatching(/^fault .* does not open the app codes of the oldest/)])
    await store.db.deleteFrom('gatelodge_totp').execute()
    const hash = spell({ by: [['pepper', createSealing([right]).seal('pepper', 'salt')]], phc: '$2b$04$x' })
    await store.db.updateTable('gatelodge_passwords').set({ hash, foreign_format: 'bcrypt' }).execute()
    await store.db.updateTable('gatelodge_emails').set({ due_at: 1 }).execute()
    expect(await told([right])).toEqual([expect.stringMatching(/^ok /)])
    expect(await told([wrong])).toEqual([
      expect.stringMatching(/does not open an email that waits, an imported password with a pepper/),
    ])
  })
})

onMysql('The doctor', (database) => {
  const users: string[] = []
  beforeAll(async () => (await makeApp(database)).close())
  afterAll(async () => {
    for (const user of users) await ask(inject('mysqlUrl'), `drop user '${user}'@'%'`)
  })

  /** The URL of a new user with these rights. */
  async function asUser(rights: string): Promise<string> {
    const user = `d${randomBytes(4).toString('hex')}`
    users.push(user)
    const url = new URL(database.url)
    await ask(inject('mysqlUrl'), `create user '${user}'@'%' identified by 'quiet-lamp-7'`)
    if (rights) await ask(inject('mysqlUrl'), `grant ${rights} on ${url.pathname.slice(1)}.* to '${user}'@'%'`)
    Object.assign(url, { username: user, password: 'quiet-lamp-7' })
    return url.href
  }

  it('finds nothing wrong with a server that is well, and says what it is', async () => {
    const findings = await states(database.url)
    expect(faultsIn(findings)).toEqual([])
    expect(findings.map(({ check }) => check.replace('database ', ''))).toEqual([
      ...['version', 'modes', 'collation', 'encryption', 'clock', 'rights', 'replication', 'writes', 'tables'],
    ])
    expect(findings[0]?.says).toMatch(/^\d+\.\d+/)
  })

  it('names each of several hosts, and warns of one that is away', async () => {
    const { host, pathname } = new URL(database.url)
    const away = `127.0.0.1:${await freePort()}`
    const findings = await states(`mysql://root@${host},${away}${pathname}`)
    expect(faultsIn(findings)).toEqual([])
    const told = findings.filter(({ check }) => check === 'database hosts').map(spelled)
    expect(told).toEqual([expect.stringMatching(`^warning database hosts: ${host} writer, ${away} away ECONNREFUSED`)])
  })

  it('finds rights that are missing, for rows and for tables', async () => {
    const reader = await states(await asUser('SELECT'))
    expect(faultsIn(reader).join('\n')).toMatch(/database rights: missing: INSERT on gatelodge_\w+/)
    const runner = await asUser('SELECT, INSERT, UPDATE, DELETE')
    expect(faultsIn(await states(runner)).join('\n')).toMatch(/database rights: missing: CREATE, ALTER, INDEX/)
    expect(faultsIn(await states(runner, { migrate: false }))).toEqual([])
    expect(faultsIn(await states(await asUser('SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX')))).toEqual([])
    const none = await states(await asUser(''))
    expect(faultsIn(none).join('\n')).toMatch(/cannot be reached: .*denied/i)
  })

  it('finds that there is no server, or that it does not know us, in one line', async () => {
    const away = await states(`mysql://root@127.0.0.1:${await freePort()}/nothing`)
    expect(away.map(({ check, state }) => [check, state])).toEqual([['database', 'fault']])
    const url = new URL(database.url)
    Object.assign(url, { username: 'nobody-here', password: 'amber-ferry-9' })
    const unknown = await states(url.href)
    expect(faultsIn(unknown).join()).toMatch(/denied/i)
    expect(JSON.stringify(unknown)).not.toContain('amber-ferry-9')
  })

  it('finds a column that was converted, and tables that are missing', async () => {
    await ask(database.url, 'alter table gatelodge_leases convert to character set utf8mb4 collate utf8mb4_general_ci')
    expect(faultsIn(await states(database.url)).join('\n')).toMatch(/database collation: .*gatelodge_leases\./)
    await ask(database.url, 'delete from gatelodge_migrations')
    expect(faultsIn(await states(database.url, { migrate: false })).join('\n')).toMatch(
      /database tables: .*gatelodge migrate up/,
    )
  })
})

it('finds a server that is not strict, takes no writes and has another time', async () => {
  // For users without SUPER, each connection begins with it.
  const ahead = '--init-connect=set timestamp = unix_timestamp() + 3600'
  const strange = ['--sql-mode=NO_ENGINE_SUBSTITUTION', '--read-only=1', ahead]
  const server: PrivateServer = await startServer(strange)
  await ask(server.url, 'create database broken')
  await ask(server.url, "create user 'site'@'%' identified by 'quiet-lamp-7'")
  await ask(server.url, "grant all on broken.* to 'site'@'%'")
  const findings = await states(`${server.url.replace('root', 'site:quiet-lamp-7')}/broken`)
  expect(stateOf(findings, 'database modes')).toEqual(['warning'])
  expect(stateOf(findings, 'database replication')).toEqual(['fault'])
  expect(findings.map(spelled).join('\n')).toMatch(/read-only → Name the server that takes writes/)
  expect(findings.map(spelled).join('\n')).toMatch(/warning database clock: 3[56]\d\d\.\d s ahead of this machine → /)
  await server.stop()
})
