// Sends the emails that wait, outside of any request. Several copies may do so at once: an email belongs to anyone who has
// moved its row on, for longer than sending it can take.
import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../database/connect.ts'
import type { Store } from '../database/transaction.ts'
import type { Log } from '../log.ts'
import { type Clock, hours, type Milliseconds, minutes, seconds } from '../time.ts'
import { deliveryRows } from './delivery-storage.ts'
import { messageOf, type Sender } from './message.ts'
import type { Emails } from './queue.ts'
import type { StoredEmail } from './row-storage.ts'
import { lanes, NotSent, type Transport } from './smtp.ts'

export interface Delivery {
  /** Sends what is due, until nothing is or nobody takes it. Never throws. @returns how many emails have left. */
  deliver(): Promise<number>
  /** Waits a moment for what is on its way, and gives it up then: it will be tried again. */
  close(): Promise<void>
}

/** Nobody else takes the email before; more than the longest that sending may take. */
const lease: Milliseconds = minutes(5)
/** What may have been sent waits so long again for the copy that had it: eight of its rounds. */
const ownersChance: Milliseconds = minutes(2)
const firstPause: Milliseconds = minutes(1)
const longestPause: Milliseconds = hours(4)
/** After an email is sent, how long to wait for others that are then marked in the same statement. */
const moment: Milliseconds = 10
/** So long an email that is on its way may hold up the end of the process. */
const longestFarewell: Milliseconds = seconds(3)

/** Why an email fails that nobody can open any more. */
const unreadable = 'sealed with another secret'

interface Wiring {
  database: Pick<Database, 'db' | 'transact'>
  emails: Emails
  clock: Clock
  log: Pick<Log, 'info' | 'warn'>
  sender: Sender
  /** Opened when the first email is there. */
  connect(): Promise<Transport>
  accountDeletion?: Milliseconds
}

/** What became of an email in one round. `away`: the mail server takes none, or the database does not answer. */
type Outcome = 'sent' | 'not-taken' | 'away'

export function createDelivery(wiring: Wiring): Delivery {
  const { emails, clock, log, sender, connect, accountDeletion = longestFarewell } = wiring
  const { db, transact } = wiring.database
  let transport: Promise<Transport> | undefined
  let delivering: Promise<number> | undefined
  let isClosed = false
  /** They were sent, and the database does not know it yet. Each round reports them again. */
  const unmarked = new Map<string, StoredEmail>()
  let marking: { ids: Buffer[]; done: Promise<void> } | undefined

  async function deliverAll(): Promise<number> {
    let sent = await reportAgain()
    while (!isClosed) {
      const until = clock.now() + lease
      const outcomes = await Promise.all(
        (await takeDue(until)).map((email) => deliverOne(email, until).catch((): Outcome => 'away')),
      )
      sent += outcomes.filter((outcome) => outcome === 'sent').length
      // Where a server is away, thousands of others would only knock in vain, too: the next round will tell.
      if (!outcomes.some((outcome) => outcome === 'sent' || outcome === 'not-taken')) return sent
    }
    return sent
  }

  /** The first thing in each round, so that no other copy sends them a second time. @returns how many. */
  async function reportAgain(): Promise<number> {
    const emails = [...unmarked.values()]
    if (emails.length === 0) return 0
    await deliveryRows.setSent(
      db,
      emails.map(({ id }) => id),
      clock.now(),
    )
    for (const email of emails) reported(email)
    return emails.length
  }

  function reported(email: StoredEmail): void {
    unmarked.delete(email.id.toString('hex'))
    log.info({ email: email.kind, tries: email.tries + 1 }, 'email.sent')
  }

  /**
   * What a copy took and said no more of may have been sent. Such an email is not taken at once: it becomes due a little
   * later, in one write. Where that write succeeded, the copy that had it can write, too, and reports it meanwhile.
   */
  async function takeOrWait(trx: Store, email: StoredEmail, until: number): Promise<boolean> {
    if (!email.isUnderWay) return deliveryRows.take(trx, email, until)
    await deliveryRows.setDelayed(trx, email, clock.now() + ownersChance, 'not reported')
    return false
  }

  /** In one transaction, because each costs the disk of an SQLite file as much as an email does. */
  async function takeDue(until: number): Promise<StoredEmail[]> {
    const due = await deliveryRows.due(db, clock.now(), lanes)
    if (due.length === 0) return []
    const work = async (trx: Store) => {
      const ours: StoredEmail[] = []
      for (const email of due) if (await takeOrWait(trx, email, until)) ours.push(email)
      return ours
    }
    // Where an answer was lost, they are ours and we do not know it: they go again when the lease is over.
    const ours = await transact(work, async () => undefined)
    return ours === 'duplicate' ? [] : ours
  }

  async function deliverOne(email: StoredEmail, until: number): Promise<Outcome> {
    const id = email.id.toString('hex')
    try {
      if (!unmarked.has(id)) await sendNow(email)
    } catch (error) {
      return postpone(email, until, error instanceof NotSent ? error : new NotSent('a surprise', 'later'))
    }
    unmarked.set(id, email)
    await markSent(email.id)
    reported(email)
    return 'sent'
  }

  /** Emails that are sent within a moment are marked as sent in one statement, again to spare the disk. */
  function markSent(id: Buffer): Promise<void> {
    marking ??= { ids: [], done: pause(moment).then(markAll) }
    marking.ids.push(id)
    return marking.done
  }

  async function markAll(): Promise<void> {
    const ids = marking?.ids ?? []
    marking = undefined
    await deliveryRows.setSent(db, ids, clock.now())
  }

  async function sendNow(email: StoredEmail): Promise<void> {
    if (email.goodUntil <= clock.now()) throw new NotSent('too late', 'never')
    const content = emails.open(email.sealed)
    if (!content) throw new NotSent(unreadable, 'never')
    const message = messageOf(email, content, sender)
    transport ??= connect()
    const opened = await transport.catch(() => {
      transport = undefined
      throw new NotSent('no way to the mail server', 'away')
    })
    await opened.send(message)
  }

  /** Only while it is ours: anyone who has it by now knows better. */
  async function postpone(email: StoredEmail, until: number, { reason, kind }: NotSent): Promise<Outcome> {
    const next = clock.now() + Math.min(longestPause, firstPause * 2 ** email.tries)
    const details = { email: email.kind, tries: email.tries + 1, reason }
    if (kind === 'never' || next >= email.goodUntil) {
      const isKept = email.goodUntil > clock.now() && reason !== unreadable
      await deliveryRows.setFailed(db, { id: email.id, dueAt: until }, clock.now(), reason, isKept)
      log.warn(details, 'email.failed')
    } else {
      await deliveryRows.setDelayed(db, { id: email.id, dueAt: until }, next, reason)
      log.warn(details, 'email.delayed')
    }
    return kind === 'away' ? 'away' : 'not-taken'
  }

  return {
    deliver() {
      // One round at a time: anyone who asks meanwhile gets the one that runs.
      delivering ??= deliverAll()
        .catch(() => 0)
        .finally(() => {
          delivering = undefined
        })
      return delivering
    },
    async close() {
      isClosed = true
      const opened = await transport?.catch(() => undefined)
      const impatience = setTimeout(() => opened?.close(), accountDeletion)
      await delivering
      // The last chance: another copy would send it again.
      await reportAgain().catch(() => {})
      clearTimeout(impatience)
      opened?.close()
    },
  }
}
