// `gatelodge copy FROM TO`: everything from one database to an empty one, of the same or the other kind.
import { makeFolderOfDatabase } from '../config/data-folder.ts'
import { fileOf, spelledPlace } from '../config/database-place.ts'
import type { Settings } from '../config/schema.ts'
import type { Database } from '../database/connect.ts'
import { beginFilling, fill, finishFilling, NotFilled } from '../database/content/fill.ts'
import { refuseNewer } from '../database/content/newer.ts'
import { atOneMoment } from '../database/content/read.ts'
import { shapesOfTables, type TableShape } from '../database/content/shape.ts'
import { digest } from '../identity/sealing.ts'
import { settingsAt } from './backup/place.ts'
import type { Call, ExitCode } from './command.ts'
import { openDatabase, openPatiently } from './database.ts'
import { createProgress } from './import/progress.ts'
import { runOwnVerb } from './run-verb.ts'
import type { OwnVerb } from './verbs.ts'

const verb: OwnVerb = {
  words: 'FROM TO',
  summary:
    'each is sqlite:PATH, the name of a variable with a URL, or file:PATH of a file with one. The same command again goes on after a stop',
  async run({ call, words: [from = '', to = ''] }) {
    const [source, target] = [from, to].map((word) => settingsAt(word, call.settings))
    for (const place of [source, target])
      if (place && 'why' in place) {
        console.error(place.why)
        return 2
      }
    return copy(call, source as Settings, target as Settings)
  },
}

export const verbs = { '': verb }

export const run = (call: Call): Promise<ExitCode> => runOwnVerb('copy', verb, call)

async function copy(call: Call, source: Settings, target: Settings): Promise<ExitCode> {
  if (nameOf(source) === nameOf(target)) {
    console.error('These are the same database.')
    return 2
  }
  const sources = { ...call.loaded.sources, databaseUrl: 'flag' as const }
  const first = await openDatabase({ ...call, settings: source, loaded: { ...call.loaded, sources } })
  if (!first) return 1
  await first.close()
  makeFolderOfDatabase(target)
  const from = await openPatiently(source)
  const to = await openPatiently(target).catch(async (error) => {
    await from.close()
    throw error
  })
  try {
    await refuseNewer(from)
    console.error(`From ${spelledPlace(source)} to ${spelledPlace(target)}`)
    const summary = await copyRows(from, to, `copy ${digest(nameOf(source)).toString('hex').slice(0, 16)}`)
    console.log(`${summary} All counts and checksums are equal.`)
    console.log(
      'What is written to the old database from now on is not in the new one. The secret of the site stays the same.',
    )
    return 0
  } catch (error) {
    if (!(error instanceof NotFilled)) throw error
    console.error(error.message)
    return 1
  } finally {
    await from.close()
    await to.close()
  }
}

/** Without the user and the password, which may change between two runs. */
const nameOf = (settings: Settings) => fileOf(settings) ?? settings.databaseUrl.replace(/\/\/[^/]*@/, '//')

async function copyRows(from: Database, to: Database, filling: string): Promise<string> {
  const tables = await shapesOfTables()
  const isResumed = await beginFilling(to, tables, filling)
  if (isResumed) console.error('An earlier run was not finished: this one goes on.')
  const progress = createProgress(process.stderr, () => performance.now())
  return atOneMoment(from, async (snapshot) => {
    const total = await sumOfCounts(tables, snapshot.count)
    const onRows = (done: number) => progress.at(done, done / total)
    const sums = await fill(to, { tables, lines: (table) => snapshot.lines(table) }, { isResumed, onRows })
    progress.end()
    console.error('Reading the new database, to compare it.')
    const differing = await finishFilling(to, tables, filling, sums)
    if (differing.length > 0)
      throw new NotFilled(
        `These tables are not equal: ${differing.join(', ')}. Does another program write there? Run the same command again.`,
      )
    return `${total.toLocaleString('en')} rows of ${tables.length} tables are copied.`
  })
}

async function sumOfCounts(tables: TableShape[], count: (table: TableShape) => Promise<number>): Promise<number> {
  let total = 0
  for (const table of tables) total += await count(table)
  return total
}
