// Sends the letters that wait, outside of any request. Several copies may do so at once: a letter belongs to whoever has
// moved its row on, for longer than sending it can take.
import type { Database } from '../database/connect.ts'
import type { Log } from '../log.ts'
import { type Clock, hours, type Milliseconds, minutes } from '../time.ts'
import type { Letters } from './letters.ts'
import { messageOf, type Sender } from './message.ts'
import { lanes, NotSent, type Transport } from './smtp.ts'
import { letterRows, type StoredLetter } from './storage.ts'

export interface PostOffice {
  /** Sends what is due, until nothing is. Never throws. @returns how many letters have left. */
  deliver(): Promise<number>
  close(): Promise<void>
}

/** Nobody else takes the letter before; more than the longest that sending may take. */
const taken: Milliseconds = minutes(5)
const firstPause: Milliseconds = minutes(1)
const longestPause: Milliseconds = hours(4)

interface Wiring {
  database: Pick<Database, 'db'>
  letters: Letters
  clock: Clock
  log: Pick<Log, 'info' | 'warn'>
  sender: Sender
  /** Opened when the first letter is there. */
  connect(): Promise<Transport>
}

export function createPostOffice({ database: { db }, letters, clock, log, sender, connect }: Wiring): PostOffice {
  let transport: Promise<Transport> | undefined
  let delivering: Promise<number> | undefined
  let isClosed = false

  async function deliverAll(): Promise<number> {
    let sent = 0
    while (!isClosed) {
      const due = await letterRows.due(db, clock.now(), lanes)
      if (due.length === 0) return sent
      const results = await Promise.all(due.map(deliverOne))
      sent += results.filter(Boolean).length
      // Another copy was quicker with all of them, or the database is busy: the next round will tell.
      if (!results.some((result) => result !== undefined)) return sent
    }
    return sent
  }

  /** @returns whether it has left; undefined where somebody else has it. */
  async function deliverOne(letter: StoredLetter): Promise<boolean | undefined> {
    if (!(await letterRows.take(db, letter, clock.now() + taken))) return undefined
    try {
      await sendNow(letter)
    } catch (error) {
      await postpone(letter, error instanceof NotSent ? error : new NotSent('a surprise', false))
      return false
    }
    await letterRows.setSent(db, letter.id, clock.now())
    log.info({ letter: letter.kind, tries: letter.tries + 1 }, 'letter.sent')
    return true
  }

  async function sendNow(letter: StoredLetter): Promise<void> {
    if (letter.goodUntil <= clock.now()) throw new NotSent('too late', true)
    const content = letters.open(letter.sealed)
    if (!content) throw new NotSent('sealed with another secret', true)
    transport ??= connect()
    await (await transport).send(messageOf(letter, content, sender))
  }

  async function postpone(letter: StoredLetter, { reason, isFinal }: NotSent): Promise<void> {
    const pause = Math.min(longestPause, firstPause * 2 ** letter.tries)
    const next = clock.now() + pause
    const details = { letter: letter.kind, tries: letter.tries + 1, reason }
    if (isFinal || next >= letter.goodUntil) {
      await letterRows.setFailed(db, letter.id, clock.now(), reason)
      log.warn(details, 'letter.failed')
    } else {
      await letterRows.setDelayed(db, letter.id, next, reason)
      log.warn(details, 'letter.delayed')
    }
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
      await delivering
      const opened = await transport?.catch(() => undefined)
      opened?.close()
    },
  }
}
