// `gatelodge import FILE` and `gatelodge import --from-database`: accounts of another system, with their passwords.
import { readFileSync } from 'node:fs'
import { serverUrl } from '../config/addresses.ts'
import { spelledPlace } from '../config/database-place.ts'
import type { AuditedEvent } from '../identity/audit/events.ts'
import { longestReason } from '../identity/audit/note.ts'
import type { SiteKeys } from '../identity/passwords/foreign/given.ts'
import { nearest } from '../nearest.ts'
import { printable } from '../printable.ts'
import type { Services } from '../services.ts'
import { operator } from './acts.ts'
import type { Call, ExitCode, Option } from './command.ts'
import type { ImportOptions, Source } from './import/options.ts'
import { type Column, columns, type Preset } from './import/preset.ts'
import { plain, presets } from './import/presets/all.ts'
import { createProgress } from './import/progress.ts'
import { createRejects } from './import/rejects.ts'
import { type ImportCounts, runImport, spellCounts } from './import/run.ts'
import { formatOf, formats, openFile } from './import/source.ts'
import { storeProgress } from './import/stored-progress.ts'
import { openTable } from './import/table.ts'
import { createUnread } from './import/unread.ts'
import { runVerb } from './run-verb.ts'
import type { Verbs } from './verbs.ts'

const options: Option[] = [
  { name: 'preset', value: 'SYSTEM', about: `one of ${Object.keys(presets).sort().join(', ')}` },
  {
    name: 'map',
    value: 'NAME=COLUMN,…',
    about: `columns that are called otherwise; the names are ${columns.join(', ')}`,
  },
  { name: 'dry-run', about: 'read everything, write nothing' },
  { name: 'format', value: 'FORMAT', about: `${formats.join(', ')}. Default: what the name of the file ends in` },
  { name: 'password-format', value: 'NAME', about: 'for hashes that do not say how they were made' },
  { name: 'pepper-file', value: 'FILE', about: 'a file with the pepper that Devise put behind each password' },
  { name: 'firebase-config', value: 'FILE', about: 'the hash_config of Firebase, as JSON' },
  { name: 'rejects', value: 'FILE', about: 'where rows that cannot be taken are listed. Default: rejects.csv' },
  { name: 'from-database', about: 'read a table; IMPORT_DATABASE_URL or IMPORT_DATABASE_URL_FILE says where' },
  {
    name: 'send-reset-links',
    about: 'email a link to those who come without a password. Default: nobody gets an email',
  },
  { name: 'table', value: 'TABLE', about: 'the table, where the preset names another one or none' },
]

export const verbs: Verbs = {
  '': {
    words: '[FILE]',
    summary: 'read a file, or with --from-database a table; the same command again goes on after a stop',
    options,
    run: ({ services, call, words, options: given }) => importAccounts(services, call, words[0], given),
  },
}

export const run = (call: Call): Promise<ExitCode> => runVerb('import', verbs, call, verbs[''])

class Misused extends Error {}

async function importAccounts(
  services: Services,
  call: Call,
  file: string | undefined,
  given: Record<string, string | undefined>,
): Promise<ExitCode> {
  try {
    const preset = presetOf(given)
    const source = await sourceOf(preset, file, given)
    const asked: ImportOptions = {
      preset,
      isDry: given['dry-run'] !== undefined,
      keys: keysOf(services, given),
      passwordFormat: given['password-format'],
      rejects: given.rejects ?? 'rejects.csv',
      sendsLinks: given['send-reset-links'] !== undefined,
    }
    if (asked.sendsLinks && services.emails.mode === 'none') throw new Misused('No emails are sent here: set smtpUrl.')
    return await carryOut(services, call, source, asked, file ?? `table ${preset.table}`)
  } catch (error) {
    if (!(error instanceof Misused)) throw error
    console.error(error.message)
    return 2
  }
}

async function carryOut(
  services: Services,
  call: Call,
  source: Source,
  options: ImportOptions,
  from: string,
): Promise<ExitCode> {
  const rejects = createRejects(options.rejects)
  const unread = createUnread(options.preset, services.settings.fields)
  const progress = createProgress(process.stderr, () => performance.now())
  console.error(`${options.isDry ? 'Nothing is written. ' : ''}The database: ${spelledPlace(call.settings)}`)
  const note = (what: AuditedEvent, told: string) => (options.isDry ? undefined : record(services, what, told))
  await note('import.started', from)
  const stored = options.isDry ? undefined : await storeProgress(services, from, call.options.preset ?? '')
  let outcome = `${from}: not read to its end`
  let isWhole = false
  try {
    const counts = await runImport(services, source, options, { progress, rejects, unread, stored })
    isWhole = true
    console.log(spellCounts(counts, options.isDry))
    if (unread.spelled()) console.log(unread.spelled())
    outcome = `${from}: ${told(counts)}`
    if (rejects.count() > 0) console.log(`Which rows, and why: ${options.rejects}`)
    return 0
  } finally {
    await rejects.close()
    await stored?.end(isWhole)
    // What went wrong is said by itself; the database may be away.
    await note('import.finished', outcome)?.catch(() => {})
  }
}

/** Who moved accounts in, when and how many, stays known. */
async function record({ audit, database }: Services, event: AuditedEvent, told: string): Promise<void> {
  const note = printable(told).slice(-longestReason)
  await audit.write(database.db, audit.record(event, operator, { actor: 'command', note }))
}

/** `rows 12, imported 10, rejected 2` */
function told(counts: ImportCounts): string {
  return Object.entries(counts)
    .map(([name, number]) => `${name} ${number}`)
    .join(', ')
}

function presetOf(given: Record<string, string | undefined>): Preset {
  const { preset: name, map = '', table } = given
  const known = name === undefined ? plain : Object.hasOwn(presets, name) ? presets[name] : undefined
  if (!known) {
    const meant = nearest(name ?? '', Object.keys(presets), 3)
    throw new Misused(
      `There is no preset "${name}". ${meant ? `Did you mean "${meant}"?` : '"gatelodge help import" lists them.'}`,
    )
  }
  return { ...known, columns: { ...known.columns, ...mapped(map) }, ...(table && { table }) }
}

function mapped(text: string): Preset['columns'] {
  const pairs = text.split(',').filter(Boolean)
  const entries = pairs.map((pair) => {
    const at = pair.indexOf('=')
    const name = pair.slice(0, Math.max(0, at)).trim()
    if (!(columns as readonly string[]).includes(name))
      throw new Misused(`--map does not know "${name || pair}". The names are ${columns.join(', ')}.`)
    return [name as Column, pair.slice(at + 1).trim()]
  })
  return Object.fromEntries(entries)
}

async function sourceOf(
  preset: Preset,
  file: string | undefined,
  given: Record<string, string | undefined>,
): Promise<Source> {
  if (given['from-database'] !== undefined) {
    if (file !== undefined) throw new Misused('A file or --from-database, not both.')
    const { table } = preset
    if (!table) throw new Misused('Which table? Say it with --table.')
    return openTable(databaseUrl(), { ...preset, table })
  }
  if (file === undefined) throw new Misused('Usage: gatelodge import FILE, or: gatelodge import --from-database')
  const format = formats.find((one) => one === (given.format ?? formatOf(file)))
  if (!format) throw new Misused(`What is in the file? Say it with --format: ${formats.join(', ')}.`)
  return openFile(file, format, preset)
}

/** Never in the arguments: others on the machine can read those. */
function databaseUrl(): string {
  const { IMPORT_DATABASE_URL: url, IMPORT_DATABASE_URL_FILE: path } = process.env
  const found = url || (path && readFileSync(path, 'utf8').trim())
  if (!found || !/^(?:mysql:\/\/|mariadb:\/\/|sqlite:)./.test(found))
    throw new Misused(
      'IMPORT_DATABASE_URL, or the file that IMPORT_DATABASE_URL_FILE names, must hold mysql://… or sqlite:…',
    )
  if (!found.startsWith('sqlite:') && serverUrl(found).servers.length > 1)
    throw new Misused('IMPORT_DATABASE_URL names several hosts. Name the one to read from.')
  return found.replace(/^mariadb:/, 'mysql:')
}

function keysOf({ sealing }: Services, given: Record<string, string | undefined>): SiteKeys {
  const { 'pepper-file': pepper, 'firebase-config': firebase } = given
  return {
    ...(pepper && { pepper: sealing.seal('pepper', readFileSync(pepper, 'utf8').replace(/\r?\n$/, '')) }),
    ...(firebase && { firebase: firebaseKey(readFileSync(firebase, 'utf8')) }),
  }
}

/** As the console shows it, `base64_signer_key: …,` in braces, or as JSON. */
function firebaseKey(text: string) {
  const find = (name: string) =>
    new Map([...text.matchAll(/"?(\w+)"?\s*:\s*"?([^",\s}]+)"?/g)].map(([, key, value]) => [key, value])).get(name)
  const [signerKey, saltSeparator] = [find('base64_signer_key'), find('base64_salt_separator')]
  const [rounds, memory] = [Number(find('rounds')), Number(find('mem_cost'))]
  if (!signerKey || saltSeparator === undefined || !rounds || !memory)
    throw new Misused(
      'The file of --firebase-config needs base64_signer_key, base64_salt_separator, rounds and mem_cost.',
    )
  return { signerKey, saltSeparator, rounds, memory }
}
