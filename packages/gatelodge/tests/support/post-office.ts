// Post offices as several copies of the product have them, and letters for them, written as the product writes them.

import type { Letter, Letters } from '../../src/mail/letters.ts'
import { createPostOffice, type PostOffice } from '../../src/mail/post-office.ts'
import { connectSmtp, type Transport } from '../../src/mail/smtp.ts'
import type { StoredLetter } from '../../src/mail/storage.ts'
import { hours } from '../../src/time.ts'
import type { TestApp } from './make-app.ts'

type Replaced = Partial<{ letters: Letters; connect(): Promise<Transport> }>

/** One more copy of the product, as far as letters go. */
export function postOfficeOf({ services, clock }: TestApp, replaced: Replaced = {}): PostOffice {
  const { database, letters, log, settings: sender } = services
  const connect = () => connectSmtp(sender)
  return createPostOffice({ database, letters, clock, log, sender, connect, goodbye: 50, ...replaced })
}

type Changed = Partial<Omit<Letter, 'to'>> & { to?: { name: string; address: string } }

/** Writes a letter that resets a password, but for what a test wants otherwise. */
export async function writeLetter({ services }: TestApp, { to: reader, ...changed }: Changed = {}): Promise<void> {
  const { letters, database } = services
  const to = { name: 'Ada Lovelace', address: 'ada@example.org', ...reader, isConfirmed: true }
  const link = { token: 'a-token', life: hours(24) }
  const letter = letters.prepare({ kind: 'reset-password', accountId: null, to, link, ...changed })
  await database.transact(
    async (trx) => letters.write(trx, letter),
    async () => undefined,
  )
}

/** All letters, the oldest in front. */
export async function allLetters({ services }: TestApp): Promise<StoredLetter[]> {
  return (await services.letters.latest(services.database.db, 10_000)).reverse()
}
