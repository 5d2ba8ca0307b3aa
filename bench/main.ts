// `npm run bench`: measures the product beside the least that could do the same, on SQLite and on MySQL, and prints a table.
// README.md says what each row means.
import { type BenchDatabase, openDatabase } from './databases.ts'
import { type Options, readOptions } from './options.ts'
import { logIn, registerPeople } from './people.ts'
import { startProduct, untilAnswered } from './processes.ts'
import { copies } from './rows/copies.ts'
import { emails } from './rows/emails.ts'
import { guardedPage } from './rows/guarded-page.ts'
import { importRow } from './rows/import.ts'
import { logIns } from './rows/log-ins.ts'
import { loginPage } from './rows/login-page.ts'
import { manyAccounts } from './rows/many-accounts.ts'
import { memory } from './rows/memory.ts'
import { registrations } from './rows/registrations.ts'
import { clients, type Figure, type Row } from './rows/row.ts'
import { soak } from './rows/soak.ts'
import { start } from './rows/start.ts'
import { streams } from './rows/streams.ts'
import { twoFactor } from './rows/two-factor.ts'
import { underLoad } from './rows/under-load.ts'
import { ways } from './rows/ways.ts'
import { weight } from './rows/weight.ts'
import { type Results, table } from './table.ts'

/** In this order; memory is looked at after all the others. */
const all: Row[] = [
  start,
  weight,
  loginPage,
  guardedPage,
  logIns,
  registrations,
  twoFactor,
  underLoad,
  memory,
  emails,
  manyAccounts,
  importRow,
  soak,
  ways,
  streams,
  copies,
]

const options = readOptions(process.argv.slice(2))
const rows = all.filter((row) => (options.only ? row.name === options.only : !row.onlyWhenNamed))
if (rows.length === 0)
  throw new Error(`there is no row "${options.only}", only ${all.map(({ name }) => name).join(', ')}`)
const results: Results = new Map()
for (const name of options.databases) {
  const database = await openDatabase(name)
  console.error(`${database.version}, ${options.pace.rounds} rounds`)
  try {
    results.set(name, await measureAll(database, options))
  } finally {
    await database.close()
  }
}
console.log(`\n${table(results)}`)

async function measureAll(database: BenchDatabase, { pace }: Options): Promise<Figure[]> {
  const databaseUrl = await database.fresh()
  const product = await startProduct(databaseUrl)
  try {
    await untilAnswered(product, '/health/ready')
    const people = await registerPeople(product.port, clients)
    const sessions = await Promise.all(people.map((person) => logIn(product.port, person)))
    const figures: Figure[] = []
    for (const row of rows) {
      console.error(`  ${row.name} ...`)
      figures.push(...(await row.measure({ database, databaseUrl, product, people, sessions, pace })))
    }
    return figures
  } finally {
    await product.stop()
  }
}
