// Deliveries as several copies of the product have them, and emails for them, written as the product writes them.

import { createDelivery, type Delivery } from '../../src/email/delivery.ts'
import type { Email, Emails } from '../../src/email/queue.ts'
import type { StoredEmail } from '../../src/email/row-storage.ts'
import { connectSmtp, type Transport } from '../../src/email/smtp.ts'
import { hours } from '../../src/time.ts'
import type { TestApp } from './make-app.ts'

type Replaced = Partial<{ emails: Emails; connect(): Promise<Transport> }>

/** One more copy of the product, as far as emails go. */
export function deliveryOf({ services, clock }: TestApp, replaced: Replaced = {}): Delivery {
  const { database, emails, log, settings, text, emailTemplates } = services
  const sender = { settings, text, templates: emailTemplates }
  const connect = () => connectSmtp(settings)
  return createDelivery({ database, emails, clock, log, sender, connect, accountDeletion: 50, ...replaced })
}

type Changed = Partial<Omit<Email, 'to'>> & { to?: { name: string; address: string } }

/** Writes an email that resets a password, but for what a test wants otherwise. */
export async function writeEmail({ services }: TestApp, { to: reader, ...changed }: Changed = {}): Promise<void> {
  const { emails, database } = services
  const to = { name: 'Ada Lovelace', address: 'ada@example.org', ...reader, isVerified: true }
  const link = { token: 'a-token', life: hours(24) }
  const message = emails.prepare({ kind: 'reset-password', accountId: null, to, link, ...changed })
  await database.transact(
    async (trx) => emails.write(trx, message),
    async () => undefined,
  )
}

/** All emails, the oldest in front. */
export async function allEmails({ services }: TestApp): Promise<StoredEmail[]> {
  return (await services.emails.latest(services.database.db, 10_000)).reverse()
}
