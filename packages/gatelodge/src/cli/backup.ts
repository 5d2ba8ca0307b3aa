// `gatelodge backup FILE`: everything that the site has, in one file, while the site runs.
import { randomUUID } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import type { Settings } from '../config/schema.ts'
import { secretsHere, secretsNeeded } from '../config/secret.ts'
import type { Database } from '../database/connect.ts'
import { isSameSum, type TableSum } from '../database/content/checksum.ts'
import { refuseNewer } from '../database/content/newer.ts'
import { atOneMoment, type Snapshot } from '../database/content/read.ts'
import { shapesOfTables, type TableShape } from '../database/content/shape.ts'
import { migrationNames } from '../database/migrate.ts'
import { formatName, formatVersion, type Manifest } from './backup/manifest.ts'
import { newPassphrase, passphraseFile } from './backup/passphrase.ts'
import { openBackup } from './backup/read.ts'
import { marksOf, withoutSecret } from './backup/secrets.ts'
import { checkBackup } from './backup/tables.ts'
import { draftOf, publish, taken, writeBackup } from './backup/write.ts'
import type { Call, ExitCode } from './command.ts'
import { openDatabase, openPatiently } from './database.ts'
import { createProgress } from './import/progress.ts'
import { runOwnVerb } from './run-verb.ts'
import type { OwnVerb } from './verbs.ts'
import { version } from './version.ts'

const verb: OwnVerb = {
  words: 'FILE',
  summary: 'write all rows, as they are at one moment, to a new file, and read it again to be sure',
  options: [
    { name: 'encrypt', about: 'ask for a passphrase, and encrypt the file' },
    { ...passphraseFile, about: `encrypt the file: ${passphraseFile.about}` },
    { name: 'with-secret', about: 'put the secret of the site into it, too; only in an encrypted file' },
  ],
  run: ({ call, words: [file = ''], options }) => backUp(call, file, options),
}

export const verbs = { '': verb }

export const run = (call: Call): Promise<ExitCode> => runOwnVerb('backup', verb, call)

async function backUp(call: Call, file: string, options: Record<string, string | undefined>): Promise<ExitCode> {
  const { settings } = call
  const isEncrypted = options.encrypt !== undefined || options['passphrase-file'] !== undefined
  const withSecret = options['with-secret'] !== undefined
  if (withSecret && !isEncrypted) {
    console.error(
      'The secret opens what the database seals, so it is only put into an encrypted file. Say --encrypt, too.',
    )
    return 2
  }
  if (existsSync(file)) return failed(taken(file))
  const secrets = withSecret ? secretsNeeded(settings) : secretsHere(settings)
  const passphrase = isEncrypted ? await newPassphrase(options) : undefined
  if (isEncrypted && passphrase === undefined) return 2
  // Says what is wrong where there is no database that could be read.
  const first = await openDatabase(call)
  if (!first) return 1
  await first.close()
  const draft = draftOf(file)
  const stop = (code: number) => () => {
    rmSync(draft, { force: true })
    process.exit(code)
  }
  process.once('SIGINT', stop(130)).once('SIGTERM', stop(143))
  try {
    return await writeAndCheck(settings, { file, draft, passphrase, secrets: secrets ?? [], withSecret })
  } finally {
    rmSync(draft, { force: true })
  }
}

interface Wanted {
  file: string
  draft: string
  passphrase: string | undefined
  secrets: string[]
  withSecret: boolean
}

async function writeAndCheck(settings: Settings, wanted: Wanted): Promise<ExitCode> {
  const { file, draft, passphrase } = wanted
  const written = await write(settings, wanted)
  const backup = await openBackup(draft, async () => passphrase)
  if (!backup) return 1
  console.error('Reading the file again, to compare it.')
  const { sums, rows } = await checkBackup(
    backup,
    createProgress(process.stderr, () => performance.now()),
  )
  const differing = [...written].filter(([name, sum]) => !isSameSum(sum, sums.get(name)))
  if (differing.length > 0)
    return failed(`The file does not hold what was read: ${differing.map(([name]) => name).join(', ')}.`)
  const size = await publish(draft, file)
  console.log(`${file}: ${number(rows)} rows of ${sums.size} tables, ${number(size)} bytes.`)
  if (passphrase === undefined) console.log('It is not encrypted: keep it where nobody else can read it.')
  console.log(aboutSecret(settings, wanted))
  return 0
}

async function write(
  settings: Settings,
  { draft, passphrase, secrets, withSecret }: Wanted,
): Promise<Map<string, TableSum>> {
  const tables = await shapesOfTables()
  const database = await openPatiently(settings)
  try {
    await refuseNewer(database)
    return await atOneMoment(database, async (snapshot) => {
      const manifest = await manifestOf(database, tables, snapshot, { secrets, withSecret })
      const progress = createProgress(process.stderr, () => performance.now())
      return await writeBackup(draft, snapshot, { manifest, passphrase, progress })
    })
  } finally {
    await database.close()
  }
}

export async function manifestOf(
  { dialect }: Pick<Database, 'dialect'>,
  shapes: TableShape[],
  snapshot: Snapshot,
  { secrets, withSecret }: Pick<Wanted, 'secrets' | 'withSecret'>,
): Promise<Manifest> {
  const id = randomUUID()
  const tables: Manifest['tables'] = []
  for (const table of shapes) tables.push({ ...table, rows: await snapshot.count(table) })
  return {
    ...{ format: formatName, version: formatVersion, id, gatelodge: version, createdAt: new Date().toISOString() },
    ...{ database: dialect.name, migrations: [...migrationNames], secretMarks: marksOf(secrets, id) },
    ...(withSecret && { secrets }),
    tables,
  }
}

function aboutSecret({ dataDir }: Settings, { secrets, withSecret }: Wanted): string {
  if (withSecret) return 'The secret of the site is in it.'
  const lost = `Without it these do not work after a restore: ${withoutSecret.join('; ')}.`
  if (secrets.length === 0)
    return `The secret of the site is not in it, and not in ${dataDir} either: find it, and keep a copy. ${lost}`
  return `The secret of the site is not in it: keep a copy elsewhere. ${lost}`
}

const number = (count: number) => count.toLocaleString('en')

function failed(why: string): ExitCode {
  console.error(why)
  return 1
}
