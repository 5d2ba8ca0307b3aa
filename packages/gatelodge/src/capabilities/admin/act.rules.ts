// What an administrator, or a program of the site, can do to another person's account. Each act is declared once:
// the console, the commands and the code ask the same rule. Knows no HTTP and no SQL.
import type { z } from 'zod'
import type { Store } from '../../database/transaction.ts'
import type { Email } from '../../email/queue.ts'
import type { EmailKind } from '../../email/template.ts'
import type { Account, HeldAccount } from '../../identity/accounts/account.ts'
import { recipientOf } from '../../identity/accounts/recipient.ts'
import type { AuditedEvent } from '../../identity/audit/events.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import { isAdministrator } from '../../identity/groups/names.ts'
import type { Scope } from '../../identity/keys/scopes.ts'
import type { Services } from '../../services.ts'

/** Who does it, and why. */
export interface ActOrder {
  /** As the record keeps it: `command`, `code`, `key:NAME`, or the id of an administrator. */
  actor: string
  /** What the key may do that does it. undefined: no key does it. */
  scopes?: readonly Scope[] | undefined
  /** In their own words: for the record. The owner finds it in the data export only. */
  reason?: string | undefined
  source: RequestSource
  /** Of an act on several accounts: this one's turn. */
  turn?: Turn | undefined
}

/** An account is done once, whatever happens to the server meanwhile: both write in the transaction of the act. */
export interface Turn {
  /** By one conditional write. @returns false: it has had its turn. */
  take(trx: Store): Promise<boolean>
  /** It was not done after all. */
  refuse(trx: Store, why: string): Promise<void>
}

/** There is no such account, or its rows are being removed already. */
export type NoAccount = { kind: 'no-account' }
/** Nobody would be left to run the site. */
export type LastAdministrator = { kind: 'last-administrator' }

/** Another person would get in as an administrator, and the record would name the wrong one. */
export type OfAdministrator = { kind: 'of-administrator' }

export interface Act<Input extends z.ZodObject = z.ZodObject, Outcome extends { kind: string } = { kind: string }> {
  /** Stable: programs and tests know it. */
  name: string
  /** What it takes, shape only. */
  input: Input
  /** It touches the safety of a person: nobody does it without saying why. */
  needsReason: boolean
  /** What a key needs to do it; null: no key may. */
  scope: Scope | null
  /** The act that it is as well, with that input: its demands hold, too. */
  amountsTo?(input: z.output<Input>): Pick<Act, 'needsReason' | 'scope'> | undefined
  /** What the record says of it. */
  event: AuditedEvent
  /** What the person gets. */
  email?: EmailKind
  /** @param id the account that it is done to; for what concerns no account it is not looked at. */
  run(needs: Services, asked: ActOrder, id: Buffer, input: z.output<Input>): Promise<Outcome>
}

/** Thrown, so that nothing happens: a key does nothing to the account of an administrator, or it could become one. */
export class NotByKey extends Error {}

/**
 * By each act with which its actor could get in as the owner. Those who run the site are protected from one another: only a
 * person with a shell on the server does it to an administrator. The console, keys and code take the account out of the group
 * first, of which the owner hears.
 */
export function protectsAdministrator({ actor }: ActOrder, held: Account): OfAdministrator | undefined {
  return isAdministrator(held) && actor !== 'command' ? { kind: 'of-administrator' } : undefined
}

interface Change<Refusal> {
  event: AuditedEvent
  email?:
    | (Pick<Email, 'kind' | 'link' | 'otherEmail' | 'provider'> & {
        /** The email must not go with the account. */ outlives?: true
      })
    | undefined
  /** What it is about, for the record: the name of a group. */
  about?: string
  /** The email is what is to be done: where it is one too many for that address, nothing else happens. */
  limited?: Refusal
  /** What it means that a unique key holds a value already. */
  duplicate?: Refusal
  /** @returns why not: then nothing else is written. */
  work(trx: Store, held: HeldAccount): Promise<Refusal | undefined>
}

/** The one transaction of an act: the account is held, changed and recorded, and its owner gets an email. */
export async function changeAccount<Refusal extends { kind: string } = never>(
  { database, accounts, audit, emails }: Pick<Services, 'database' | 'accounts' | 'audit' | 'emails'>,
  { actor, scopes, reason, source, turn }: ActOrder,
  id: Buffer,
  { event, email, about, limited, duplicate, work }: Change<Refusal>,
): Promise<{ kind: 'done'; account: Account } | NoAccount | Refusal> {
  const account = await accounts.findById(database.db, id)
  if (!account) return { kind: 'no-account' }
  const record = audit.record(event, source, {
    ...{ account: id, actor },
    ...(about !== undefined && { reason: about }),
    ...(reason && { note: reason }),
  })
  const { outlives, ...written } = email ?? {}
  const to = recipientOf(account)
  const message =
    email && emails.prepare({ ...(written as typeof email), accountId: outlives ? null : id, to, bySite: true })
  const done = { kind: 'done' as const, account }
  const whole = async (trx: Store): Promise<typeof done | NoAccount | Refusal> => {
    const held = await accounts.holdAny(trx, database.dialect, id)
    if (!held) return { kind: 'no-account' }
    if (scopes && isAdministrator(held)) throw new NotByKey()
    // Another copy was quicker: what it wrote counts.
    if (turn && !(await turn.take(trx))) return done
    const refusal = await work(trx, held)
    if (refusal) {
      await turn?.refuse(trx, refusal.kind)
      return refusal
    }
    await audit.write(trx, record)
    if (message && !(await emails.notify(trx, message)) && limited) throw new TooManyEmails()
    return done
  }
  const landed = async (db: Store) => ((await audit.isWritten(db, record)) ? done : undefined)
  try {
    const outcome = await database.transact(whole, landed)
    if (outcome !== 'duplicate') return outcome
    if (duplicate) return duplicate
  } catch (error) {
    if (limited && error instanceof TooManyEmails) return limited
    throw error
  }
  throw new Error('nothing here can meet a unique key')
}

/** Thrown, so that nothing of the act happens. */
class TooManyEmails extends Error {}
