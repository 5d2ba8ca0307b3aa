// Some rows at a time: known addresses are left out, weak hashes are wrapped, and what is new is written in one transaction.
import { setTimeout as pause } from 'node:timers/promises'
import type { Store } from '../../database/transaction.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import { recipientOf } from '../../identity/accounts/recipient.ts'
import { isWeak } from '../../identity/passwords/foreign/limits.ts'
import { type ForeignHash, labelOf, spell } from '../../identity/passwords/foreign/recipe.ts'
import type { Services } from '../../services.ts'
import type { ImportedAccount } from './account.ts'
import { lineOfId, rowId } from './row-id.ts'
import { importRows } from './storage.ts'

export interface Ready {
  line: number
  account: ImportedAccount
}

/** What became of a row: it has an account now, had one from an earlier run, or another row or account has its address. */
export type Fate = 'imported' | 'there' | { duplicateOf: number } | 'taken'

/** Tried again so often where another import writes at the same moment, or the database is away for a while. */
const mostTries = 20

/** @returns the fate of each row, in their order. @throws {Error} where the database stayed away. */
export async function writeBatch(
  services: Services,
  mark: Buffer,
  batch: Ready[],
  sendsLinks = false,
): Promise<Fate[]> {
  const keys = batch.map(({ account }) => addressKey(account.address))
  const hashes = new Map<number, ForeignHash>()
  for (let attempt = 1; ; attempt += 1) {
    const taken = await importRows.takenBy(services.database.db, keys)
    const fates = fatesOf(batch, keys, mark, taken)
    const fresh = batch.filter((_, at) => fates[at] === 'imported')
    await wrapWeak(services, fresh, hashes)
    try {
      if (fresh.length === 0 || (await write(services, mark, fresh, hashes, sendsLinks)) === 'written') return fates
    } catch (error) {
      if ((error as Error).name !== 'Unavailable' || attempt === mostTries) throw error
    }
    if (attempt === mostTries) throw new Error('other imports write the same addresses all the time')
    await pause(50 * attempt)
  }
}

function fatesOf(batch: Ready[], keys: Buffer[], mark: Buffer, taken: Map<string, Buffer>): Fate[] {
  const met = new Map<string, number>()
  return batch.map(({ line }, at) => {
    const key = keys[at]?.toString('hex') ?? ''
    const owner = taken.get(key)
    const from = owner && lineOfId(mark, owner)
    const before = from ?? met.get(key)
    if (owner && from === undefined) return 'taken'
    met.set(key, line)
    if (before === line) return 'there'
    return before === undefined ? 'imported' : { duplicateOf: before }
  })
}

/** Through the queue of all hashes, as many at once as the settings allow. */
async function wrapWeak({ hashing, settings }: Services, rows: Ready[], hashes: Map<number, ForeignHash>) {
  const waiting = rows.filter(({ line, account: { hash } }) => hash && !hashes.has(line))
  const work = async () => {
    for (let row = waiting.pop(); row; row = waiting.pop()) {
      const hash = row.account.hash as ForeignHash
      hashes.set(row.line, isWeak(hash) ? await hashing.wrap(hash) : hash)
    }
  }
  await Promise.all(Array.from({ length: settings.hashParallel }, work))
}

async function write(
  services: Services,
  mark: Buffer,
  rows: Ready[],
  hashes: Map<number, ForeignHash>,
  sendsLinks: boolean,
): Promise<'written' | 'duplicate'> {
  const { database, clock } = services
  const now = clock.now()
  // Made before the first try, so that a retry repeats them.
  const made = rows.map(({ line, account }) => ({ id: rowId(mark, line, now), account, hash: hashes.get(line) }))
  const first = made[0]?.id as Buffer
  const links = sendsLinks ? made.filter(needsLink).map((one) => linkFor(services, one)) : []
  return database.transact(
    async (trx) => {
      await insert(services, trx, made, now)
      for (const send of links) await send(trx)
      return 'written' as const
    },
    async (db) => ((await importRows.exists(db, first)) ? 'written' : undefined),
  )
}

interface Made {
  id: Buffer
  account: ImportedAccount
  hash: ForeignHash | undefined
}

/** Nobody sets a password for an account that nobody may enter. */
export const needsLink = ({ account }: Pick<Made, 'account'>) => !account.hash && !account.isDisabled

/** Made before the first try: a link to set a password, as the act of an administrator sends it. */
function linkFor({ tokens, emails }: Services, { id, account }: Made): (trx: Store) => Promise<void> {
  const { address, name, verifiedAt } = account
  const to = recipientOf({ email: address.given, name, verifiedAt })
  const token = tokens.prepare('reset-password')
  const link = { token: token.text, life: token.life }
  const message = emails.prepare({ kind: 'reset-password', accountId: id, to, link })
  return async (trx) => {
    await tokens.issue(trx, token, { accountId: id, addressKey: addressKey(address) })
    await emails.write(trx, message)
  }
}

async function insert({ accounts, passwords, secondFactors, groups }: Services, trx: Store, made: Made[], now: number) {
  await accounts.insertMany(
    trx,
    made.map(({ id, hash, account: { verifiedAt, isDisabled, ...account } }) => ({
      ...{ id, ...account, disabledAt: isDisabled ? now : null, passwordChangedAt: hash ? account.createdAt : null },
      ...(verifiedAt !== null && { verifiedAt }),
    })),
  )
  await passwords.insertForeign(
    trx,
    made.flatMap(({ id, hash }) => (hash ? [{ id, hash: spell(hash), label: labelOf(hash) }] : [])),
  )
  for (const { id, account } of made) {
    if (account.totp) await secondFactors.addImported(trx, id, account.totp)
    for (const name of account.groups) await groups.join(trx, id, name)
  }
}
