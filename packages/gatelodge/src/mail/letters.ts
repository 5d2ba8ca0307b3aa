// A letter is a row, written in the transaction of what it tells, and sent afterwards. Until it has left, its words are
// sealed: a link in it opens an account, and a backup must not.
import { type LettersMode, lettersMode } from '../config/letters-mode.ts'
import type { Settings } from '../config/schema.ts'
import type { Store } from '../database/transaction.ts'
import type { Reader } from '../identity/accounts/reader.ts'
import type { Attempts } from '../identity/attempts/rules.ts'
import type { Asker } from '../identity/audit/asker.ts'
import { newId } from '../identity/ids.ts'
import type { Sealing } from '../identity/sealing.ts'
import type { LetterKind } from '../text/en/letters.ts'
import { type Clock, hours, type Milliseconds } from '../time.ts'
import { letterRows, type PreparedLetter, type StoredLetter } from './storage.ts'

export interface Letter {
  kind: LetterKind
  /** Whose letter it is; null where it must not end with the account, or there is none. */
  accountId: Buffer | null
  /** The one recipient. */
  to: Reader
  /** Another address that the letter is about. */
  otherEmail?: string
  link?: { token: string; life: Milliseconds } | undefined
  /** For a notice: when and from where it was done. */
  asker?: Pick<Asker, 'device' | 'clientAddress'>
}

/** What is sealed. */
export interface LetterContent extends Omit<Letter, 'kind' | 'accountId' | 'asker' | 'to'> {
  to: { name: string; address: string }
  at: number
  device?: string
  clientAddress?: string
}

export interface Letters {
  mode: LettersMode
  /** Made before the first try of a transaction, so that a retry writes the same letter. */
  prepare(letter: Letter): PreparedLetter
  /** In the transaction of what it tells. Writes nothing where letters cannot leave. */
  write(store: Store, letter: PreparedLetter): Promise<void>
  /** As much work as a letter, and nobody gets it: for the same answer in the same time (ASVS V6.3.8). */
  writeUnsent(store: Store, letter: PreparedLetter): Promise<void>
  /**
   * A notice of what was done: at most ten of a kind in a day, so that nobody's mailbox is flooded in our name. The caller
   * holds the account's row. Writes one row at most, and none where letters cannot leave. To an address that nobody has
   * confirmed go twenty in all, whatever account has it meanwhile: it may be a stranger's.
   */
  notify(store: Store, letter: PreparedLetter): Promise<void>
  isWritten(store: Store, letter: PreparedLetter): Promise<boolean>
  /** @returns undefined where the secret that sealed it is no longer known. */
  open(sealed: string): LetterContent | undefined
  /** Somebody wants to know that there is a letter to send. */
  onWritten(listener: () => void): void
  ofAccount(store: Store, accountId: Buffer): Promise<StoredLetter[]>
  /** The newest in front. */
  latest(store: Store, most: number): Promise<StoredLetter[]>
  find(store: Store, id: Buffer): Promise<StoredLetter | undefined>
  purge(): Promise<number>
}

/** Of one kind, in a day. */
const mostNotices = 10

/** Whoever could not be reached for a day is not reached by waiting. */
const longestTrying: Milliseconds = hours(24)

export function createLetters(
  { db }: { db: Store },
  sealing: Sealing,
  attempts: Pick<Attempts, 'ofNotice' | 'countIfRoom'>,
  clock: Clock,
  settings: Pick<Settings, 'smtpUrl' | 'mode' | 'baseUrl'>,
): Letters {
  const mode = lettersMode(settings)
  let listener = () => {}
  const dueNow = () => (mode === 'smtp' ? clock.now() : null)
  return {
    mode,
    prepare({ kind, accountId, to: { isConfirmed, ...to }, asker, ...content }) {
      const at = clock.now()
      const told: LetterContent = { ...content, to, at, ...asker }
      const sealed = sealing.seal('letter', JSON.stringify(told))
      const goodFor = Math.min(longestTrying, content.link?.life ?? longestTrying)
      const tries = isConfirmed ? undefined : attempts.ofNotice(to.address, asker?.clientAddress ?? '')
      return { id: newId(), kind, accountId, sealed, goodUntil: at + goodFor, tries }
    },
    async write(store, letter) {
      if (mode === 'none') return
      await letterRows.insert(store, letter, { now: clock.now(), dueAt: dueNow() })
      listener()
    },
    async writeUnsent(store, letter) {
      if (mode === 'none') return
      // As long as the real one: four characters stand for three bytes.
      const sealed = sealing.seal('letter', ' '.repeat((letter.sealed.length * 3) / 4))
      await letterRows.insert(store, { ...letter, sealed, goodUntil: 0 }, { now: clock.now(), dueAt: null })
    },
    async notify(store, letter) {
      if (mode === 'none' || (letter.tries && !(await attempts.countIfRoom(store, letter.tries)))) return
      await letterRows.insertCapped(store, letter, { now: clock.now(), dueAt: dueNow(), most: mostNotices })
      listener()
    },
    isWritten: async (store, { id }) => (await letterRows.find(store, id)) !== undefined,
    open(sealed) {
      const text = sealing.open('letter', sealed)
      return text && text.trim() !== '' ? (JSON.parse(text) as LetterContent) : undefined
    },
    onWritten(wanting) {
      listener = wanting
    },
    ofAccount: letterRows.ofAccount,
    latest: letterRows.latest,
    find: letterRows.find,
    purge: () => letterRows.purge(db, clock.now()),
  }
}
