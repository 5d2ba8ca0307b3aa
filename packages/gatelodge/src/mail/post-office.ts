// Sends the letters that wait, outside of any request. Several copies may do so at once: a letter belongs to whoever has
// moved its row on, for longer than sending it can take.
import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../database/connect.ts'
import type { Store } from '../database/transaction.ts'
import type { Log } from '../log.ts'
import { type Clock, hours, type Milliseconds, minutes, seconds } from '../time.ts'
import type { Letters } from './letters.ts'
import { messageOf, type Sender } from './message.ts'
import { lanes, NotSent, type Transport } from './smtp.ts'
import { letterRows, type StoredLetter } from './storage.ts'

export interface PostOffice {
  /** Sends what is due, until nothing is or nobody takes it. Never throws. @returns how many letters have left. */
  deliver(): Promise<number>
  /** Waits a moment for what is on its way, and gives it up then: it will be tried again. */
  close(): Promise<void>
}

/** Nobody else takes the letter before; more than the longest that sending may take. */
const lease: Milliseconds = minutes(5)
/** What may have been sent waits so long again for the copy that had it: eight of its rounds. */
const ownersChance: Milliseconds = minutes(2)
const firstPause: Milliseconds = minutes(1)
const longestPause: Milliseconds = hours(4)
/** What has left waits so long for others to be told of with it. */
const moment: Milliseconds = 10
/** So long a letter that is on its way may hold up the end of the process. */
const longestGoodbye: Milliseconds = seconds(3)

interface Wiring {
  database: Pick<Database, 'db' | 'transact'>
  letters: Letters
  clock: Clock
  log: Pick<Log, 'info' | 'warn'>
  sender: Sender
  /** Opened when the first letter is there. */
  connect(): Promise<Transport>
  goodbye?: Milliseconds
}

/** What became of a letter in one round. `away`: the mail server takes none, or the database does not answer. */
type Outcome = 'sent' | 'not-taken' | 'away'

export function createPostOffice(wiring: Wiring): PostOffice {
  const { letters, clock, log, sender, connect, goodbye = longestGoodbye } = wiring
  const { db, transact } = wiring.database
  let transport: Promise<Transport> | undefined
  let delivering: Promise<number> | undefined
  let isClosed = false
  /** They were sent, and the database does not know it yet. Each round reports them again. */
  const untold = new Map<string, StoredLetter>()
  let telling: { ids: Buffer[]; done: Promise<void> } | undefined

  async function deliverAll(): Promise<number> {
    let sent = await reportAgain()
    while (!isClosed) {
      const until = clock.now() + lease
      const outcomes = await Promise.all(
        (await takeDue(until)).map((letter) => deliverOne(letter, until).catch((): Outcome => 'away')),
      )
      sent += outcomes.filter((outcome) => outcome === 'sent').length
      // Where a server is away, thousands of others would only knock in vain, too: the next round will tell.
      if (!outcomes.some((outcome) => outcome === 'sent' || outcome === 'not-taken')) return sent
    }
    return sent
  }

  /** The first thing in each round, so that no other copy sends them a second time. @returns how many. */
  async function reportAgain(): Promise<number> {
    const letters = [...untold.values()]
    if (letters.length === 0) return 0
    await letterRows.setSent(
      db,
      letters.map(({ id }) => id),
      clock.now(),
    )
    for (const letter of letters) reported(letter)
    return letters.length
  }

  function reported(letter: StoredLetter): void {
    untold.delete(letter.id.toString('hex'))
    log.info({ letter: letter.kind, tries: letter.tries + 1 }, 'letter.sent')
  }

  /**
   * What a copy took and said no more of may have been sent. Such a letter is not taken at once: it becomes due a little
   * later, in one write. Where that write succeeded, the copy that had it can write, too, and reports it meanwhile.
   */
  async function takeOrWait(trx: Store, letter: StoredLetter, until: number): Promise<boolean> {
    if (!letter.isUnderWay) return letterRows.take(trx, letter, until)
    await letterRows.setDelayed(trx, letter, clock.now() + ownersChance, 'not reported')
    return false
  }

  /** In one transaction, because each costs the disk of an SQLite file as much as a letter does. */
  async function takeDue(until: number): Promise<StoredLetter[]> {
    const due = await letterRows.due(db, clock.now(), lanes)
    if (due.length === 0) return []
    const work = async (trx: Store) => {
      const ours: StoredLetter[] = []
      for (const letter of due) if (await takeOrWait(trx, letter, until)) ours.push(letter)
      return ours
    }
    // Where an answer was lost, they are ours and we do not know it: they go again when the lease is over.
    const ours = await transact(work, async () => undefined)
    return ours === 'duplicate' ? [] : ours
  }

  async function deliverOne(letter: StoredLetter, until: number): Promise<Outcome> {
    const id = letter.id.toString('hex')
    try {
      if (!untold.has(id)) await sendNow(letter)
    } catch (error) {
      return postpone(letter, until, error instanceof NotSent ? error : new NotSent('a surprise', 'later'))
    }
    untold.set(id, letter)
    await told(letter.id)
    reported(letter)
    return 'sent'
  }

  /** Those that leave within a moment are told in one statement, again for the disk. */
  function told(id: Buffer): Promise<void> {
    telling ??= { ids: [], done: pause(moment).then(tell) }
    telling.ids.push(id)
    return telling.done
  }

  async function tell(): Promise<void> {
    const ids = telling?.ids ?? []
    telling = undefined
    await letterRows.setSent(db, ids, clock.now())
  }

  async function sendNow(letter: StoredLetter): Promise<void> {
    if (letter.goodUntil <= clock.now()) throw new NotSent('too late', 'never')
    const content = letters.open(letter.sealed)
    if (!content) throw new NotSent('sealed with another secret', 'never')
    const message = messageOf(letter, content, sender)
    transport ??= connect()
    const opened = await transport.catch(() => {
      transport = undefined
      throw new NotSent('no way to the mail server', 'away')
    })
    await opened.send(message)
  }

  /** Only while it is ours: whoever has it by now knows better. */
  async function postpone(letter: StoredLetter, until: number, { reason, kind }: NotSent): Promise<Outcome> {
    const next = clock.now() + Math.min(longestPause, firstPause * 2 ** letter.tries)
    const details = { letter: letter.kind, tries: letter.tries + 1, reason }
    if (kind === 'never' || next >= letter.goodUntil) {
      await letterRows.setFailed(db, { id: letter.id, dueAt: until }, clock.now(), reason)
      log.warn(details, 'letter.failed')
    } else {
      await letterRows.setDelayed(db, { id: letter.id, dueAt: until }, next, reason)
      log.warn(details, 'letter.delayed')
    }
    return kind === 'away' ? 'away' : 'not-taken'
  }

  return {
    deliver() {
      // One round at a time: whoever asks meanwhile gets the one that runs.
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
      const impatience = setTimeout(() => opened?.close(), goodbye)
      await delivering
      // The last chance: another copy would send it again.
      await reportAgain().catch(() => {})
      clearTimeout(impatience)
      opened?.close()
    },
  }
}
