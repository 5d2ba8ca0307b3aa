// `gatelodge restore FILE`: fills an empty database from a backup. The file is read and compared before anything is written.
import { makeFolderOfDatabase } from '../config/data-folder.ts'
import { inMemory, spelledPlace } from '../config/database-place.ts'
import type { Settings } from '../config/schema.ts'
import { beginFilling, fill, finishFilling, NotFilled } from '../database/content/fill.ts'
import { shapesOfTables, type TableShape } from '../database/content/shape.ts'
import { BackupFault } from './backup/fault.ts'
import { checkTables, type Manifest } from './backup/manifest.ts'
import { passphraseFile, passphraseFor } from './backup/passphrase.ts'
import { type BackupFile, openBackup } from './backup/read.ts'
import { planSecret, type SecretPlan, withoutSecret, writeSecret } from './backup/secrets.ts'
import { checkBackup, rowsInBackup } from './backup/tables.ts'
import type { Call, ExitCode } from './command.ts'
import { openPatiently } from './database.ts'
import { createProgress } from './import/progress.ts'
import { moment } from './output.ts'
import { runOwnVerb } from './run-verb.ts'
import type { OwnVerb } from './verbs.ts'

const verb: OwnVerb = {
  words: 'FILE',
  summary: 'read and compare a backup, fill the empty database of the settings with it, and compare again',
  options: [
    passphraseFile,
    { name: 'check', about: 'only read and compare the file; no database is needed' },
    { name: 'without-secret', about: 'do not take the secret that is in the file' },
  ],
  async run({ call, words: [file = ''], options }) {
    try {
      return await restore(call, file, options)
    } catch (error) {
      if (!(error instanceof BackupFault || error instanceof NotFilled)) throw error
      console.error(error.message)
      return 1
    }
  },
}

export const verbs = { '': verb }

export const run = (call: Call): Promise<ExitCode> => runOwnVerb('restore', verb, call)

async function restore(
  { settings }: Call,
  file: string,
  options: Record<string, string | undefined>,
): Promise<ExitCode> {
  const backup = await openBackup(file, () => passphraseFor('Passphrase: ', options))
  if (!backup) return 2
  console.error('Reading the whole file, before anything is written.')
  const { manifest, rows } = await checkBackup(
    backup,
    createProgress(process.stderr, () => performance.now()),
  )
  const from = `Gatelodge ${manifest.gatelodge}, ${moment(Date.parse(manifest.createdAt))}, ${rows.toLocaleString('en')} rows`
  const tables = await shapesOfTables()
  checkTables(manifest, tables)
  if (options.check !== undefined) {
    console.log(`${file} is whole: ${from}, the secret is ${manifest.secrets ? '' : 'not '}in it.`)
    return 0
  }
  if (settings.databaseUrl === inMemory) throw new NotFilled(`${inMemory} exists in one process only.`)
  const plan = planSecret(
    options['without-secret'] === undefined ? manifest : { ...manifest, secrets: undefined },
    settings,
  )
  const counts = await into(settings, { backup, manifest, tables, rows, plan })
  console.log(`${counts} from ${from}. All counts and checksums are equal.`)
  sayOfSecret(plan)
  return 0
}

interface Filled {
  backup: BackupFile
  manifest: Manifest
  tables: TableShape[]
  rows: number
  plan: SecretPlan
}

async function into(settings: Settings, { backup, manifest, tables, rows, plan }: Filled): Promise<string> {
  console.error(`The database: ${spelledPlace(settings)}`)
  makeFolderOfDatabase(settings)
  const database = await openPatiently(settings)
  try {
    const filling = `restore ${manifest.id}`
    const isResumed = await beginFilling(database, tables, filling)
    if (plan.kind === 'write') writeSecret(settings.dataDir, plan.secret)
    if (isResumed) console.error('An earlier run was not finished: this one goes on.')
    const progress = createProgress(process.stderr, () => performance.now())
    const onRows = (done: number) => progress.at(done, done / rows)
    const sums = await fill(database, rowsInBackup(backup, tables), { isResumed, onRows })
    progress.end()
    console.error('Reading the database, to compare it.')
    const differing = await finishFilling(database, tables, filling, sums)
    if (differing.length > 0)
      throw new NotFilled(
        `These tables are not as in the backup: ${differing.join(', ')}. Does another program write there? Run the same command again.`,
      )
    return `${rows.toLocaleString('en')} rows of ${tables.length} tables are in ${spelledPlace(settings)},`
  } finally {
    await database.close()
  }
}

function sayOfSecret(plan: SecretPlan): void {
  const lost = withoutSecret.join('; ')
  if (plan.kind === 'same') console.log('The secret here is that of the backup.')
  if (plan.kind === 'write') console.log('The secret of the backup is in the data folder now.')
  if (plan.kind === 'missing')
    console.log(
      `There is no secret here yet. Put that of the site into place before the first start. Without it these do not work: ${lost}.`,
    )
  if (plan.kind === 'other')
    console.log(`The secret here is not that of the backup. Until that is in its place, these do not work: ${lost}.`)
}
