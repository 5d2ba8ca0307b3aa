// An import from its first row to its counts. Memory holds one batch, whatever the size of the source.
import { addressKey } from '../../identity/accounts/address-key.ts'
import type { Services } from '../../services.ts'
import { type ImportedAccount, type RowRead, readRow } from './account.ts'
import { type Fate, needsLink, type Ready, writeBatch } from './batch.ts'
import type { ImportOptions, Source } from './options.ts'
import { columnInSource, type Preset } from './preset.ts'
import type { Progress } from './progress.ts'
import type { Rejects } from './rejects.ts'
import { lineOfId } from './row-id.ts'
import { createSeen } from './seen.ts'
import { importRows } from './storage.ts'
import type { StoredProgress } from './stored-progress.ts'
import type { Unread } from './unread.ts'

export interface ImportCounts {
  rows: number
  imported: number
  /** From an earlier run of the same source. */
  there: number
  duplicates: number
  /** Another account has the address already. */
  taken: number
  rejected: number
  /** Of those imported. */
  withoutPassword: number
  /** Of those without a password: who gets a link. */
  links: number
}

const noCounts: ImportCounts = {
  ...{ rows: 0, imported: 0, there: 0, duplicates: 0, taken: 0, rejected: 0 },
  ...{ withoutPassword: 0, links: 0 },
}

/** Rows of one transaction. */
const batchSize = 250

interface Around {
  progress: Progress
  rejects: Rejects
  unread?: Unread
  stored?: StoredProgress | undefined
}

/** @throws {Error} for a source that cannot be read to its end, and where the database stayed away: run it again. */
export async function runImport(
  services: Services,
  source: Source,
  options: ImportOptions,
  { progress, rejects, unread, stored }: Around,
): Promise<ImportCounts> {
  const counts = { ...noCounts }
  const around = { ...options, fields: services.settings.fields, now: services.clock.now() }
  const fates = options.isDry
    ? dryFates(services, source.mark)
    : (batch: Ready[]) => writeBatch(services, source.mark, batch, options.sendsLinks)
  let batch: Ready[] = []
  let share = 0

  const withGroups = groupCheck(services, options.preset)

  async function finish() {
    const all = await fates(batch)
    for (const [at, row] of batch.entries())
      await count(row, all[at] as Fate, counts, { rejects, sendsLinks: options.sendsLinks })
    batch = []
    progress.at(counts.rows, share)
    await stored?.at(counts, share, rejects.count())
  }

  for await (const raw of source.rows) {
    counts.rows += 1
    share = raw.share
    if (raw.values) unread?.note(raw.values)
    const row = raw.values ? readRow(raw.values, around) : { reason: raw.fault ?? 'not readable', email: '' }
    const read = 'account' in row ? await withGroups(row) : row
    if ('account' in read) batch.push({ line: raw.line, account: read.account })
    else {
      counts.rejected += 1
      await rejects.add(raw.line, read.reason, read.email)
    }
    if (batch.length === batchSize) await finish()
  }
  await finish()
  progress.end()
  return counts
}

/** Each group is looked up once. @returns the row, or why it cannot be imported. */
function groupCheck({ groups, database }: Services, preset: Preset) {
  const column = columnInSource('groups', preset)
  const known = new Map<string, boolean>()
  return async (row: { account: ImportedAccount }): Promise<RowRead> => {
    const { groups: names, address } = row.account
    for (const name of names) {
      if (!known.has(name)) known.set(name, (await groups.find(database.db, name)) !== undefined)
      if (!known.get(name)) return { reason: `${column}: there is no group ${name}`, email: address.given }
    }
    return row
  }
}

async function count(
  { line, account }: Ready,
  fate: Fate,
  counts: ImportCounts,
  { rejects, sendsLinks }: { rejects: Rejects; sendsLinks: boolean | undefined },
): Promise<void> {
  const email = account.address.given
  if (fate === 'imported') {
    counts.imported += 1
    if (!account.hash) counts.withoutPassword += 1
    if (sendsLinks && needsLink({ account })) counts.links += 1
  } else if (fate === 'there') counts.there += 1
  else if (fate === 'taken') {
    counts.taken += 1
    await rejects.add(line, 'email: another account has this address', email)
  } else {
    counts.duplicates += 1
    await rejects.add(line, `email: the same address as line ${fate.duplicateOf}`, email)
  }
}

/** Writes nothing. */
function dryFates({ database }: Services, mark: Buffer) {
  const seen = createSeen()
  return async (batch: Ready[]): Promise<Fate[]> => {
    const keys = batch.map(({ account }) => addressKey(account.address))
    const taken = await importRows.takenBy(database.db, keys)
    return batch.map(({ line }, at) => {
      const key = keys[at] as Buffer
      const before = seen.add(key, line)
      const owner = taken.get(key.toString('hex'))
      if (before !== undefined) return { duplicateOf: before }
      if (!owner) return 'imported'
      return lineOfId(mark, owner) === undefined ? 'taken' : 'there'
    })
  }
}

export function spellCounts(counts: ImportCounts, isDry: boolean): string {
  const lines = [
    [counts.rows, 'rows read'],
    [counts.imported, isDry ? 'accounts would be imported' : 'accounts imported'],
    [counts.withoutPassword, 'of them without a password: their owners set one by email'],
    [counts.links, isDry ? 'of them would get a link to set one' : 'of them get a link to set one'],
    [counts.there, 'were imported before'],
    [counts.duplicates, 'have the address of an earlier row'],
    [counts.taken, 'have the address of an account that was here'],
    [counts.rejected, 'rejected'],
  ] as const
  return lines
    .filter(([number, what], at) => at < 2 || number > 0 || what === 'rejected')
    .map(([number, what]) => `${number.toLocaleString('en').padStart(12)}  ${what}`)
    .join('\n')
}
