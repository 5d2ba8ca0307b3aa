// An email is a row, queued in the same transaction as the change that it reports. Until it is sent, its words are
// sealed: a link in it opens an account, and a backup must not.
import { type EmailsMode, emailsMode } from '../config/email-mode.ts'
import type { Settings } from '../config/schema.ts'
import type { Store } from '../database/transaction.ts'
import type { Address } from '../identity/accounts/address.ts'
import type { Recipient } from '../identity/accounts/recipient.ts'
import type { Attempts, Tries } from '../identity/attempts/rules.ts'
import type { RequestSource } from '../identity/audit/request-source.ts'
import { newId } from '../identity/ids.ts'
import type { OtherWays } from '../identity/logins/other-way.ts'
import type { Sealing } from '../identity/sealing.ts'
import type { DeviceDescription } from '../text/device-name.ts'
import { type Clock, hours, type Milliseconds } from '../time.ts'
import { asked, type EmailSettings, noticed } from './limits.ts'
import type { PreparedEmail, StoredEmail } from './row-storage.ts'
import { type EmailsWanted, emailRows } from './storage.ts'
import type { EmailKind } from './template.ts'

export interface Email {
  kind: EmailKind
  /** Whose email it is; null where it must not end with the account, or there is none. */
  accountId: Buffer | null
  /** The one recipient. */
  to: Recipient
  /** Another address that the email is about. */
  otherEmail?: string
  /** The name of another provider that it is about, as the settings call it. */
  provider?: string
  link?: { token: string; life: Milliseconds } | undefined
  /** Of a notice of a new password: what still logs in without it. */
  otherWays?: OtherWays
  /** For a notice: when and from where it was done. */
  source?: Pick<RequestSource, 'device' | 'clientAddress'>
  /** An administrator or a program of the site did it: to many accounts from one address, which is not its owner's to know. */
  bySite?: true
}

/** What is sealed. */
export interface EmailContent extends Omit<Email, 'kind' | 'accountId' | 'source' | 'to' | 'bySite'> {
  to: { name: string; address: string }
  at: number
  device?: DeviceDescription
  clientAddress?: string
}

export interface Emails {
  mode: EmailsMode
  /** What an email is counted under that a visitor or an owner asks for, whether or not it will be sent. */
  tries(kind: string, address: Address, clientAddress: string): Tries
  /** Made before the first try of a transaction, so that a retry writes the same email. */
  prepare(message: Email): PreparedEmail
  /** In the same transaction as the change. Queues nothing where emails cannot be sent. */
  write(store: Store, message: PreparedEmail): Promise<void>
  /** As much work as an email, and nobody gets it: for the same answer in the same time (ASVS V6.3.8). */
  writeUnsent(store: Store, message: PreparedEmail): Promise<void>
  /**
   * A notice of what was done: at most ten of a kind in a day, so that nobody's mailbox is flooded in our name. The caller
   * holds the account's row. Writes one row at most, and none where emails cannot leave. To an address that nobody has
   * confirmed go twenty in all, whatever account has it meanwhile: it may be a stranger's.
   * @returns false where it was one too many.
   */
  notify(store: Store, message: PreparedEmail): Promise<boolean>
  isWritten(store: Store, message: PreparedEmail): Promise<boolean>
  /** @returns undefined where the secret that sealed it is no longer known. */
  open(sealed: string): EmailContent | undefined
  /** Someone wants to know that there is an email to send. */
  onWritten(listener: () => void): void
  ofAccount(store: Store, accountId: Buffer): Promise<StoredEmail[]>
  /** The newest in front. */
  latest(store: Store, most: number): Promise<StoredEmail[]>
  /** A page of the same list. */
  page(store: Store, wanted: EmailsWanted): Promise<StoredEmail[]>
  /** @returns whether one that had failed waits again. What it said is kept until its link expires, a day at most. */
  sendAgain(store: Store, id: Buffer): Promise<boolean>
  /** When those were written that still have to be sent, at most that many. */
  waitingSince(store: Store, most: number): Promise<number[]>
  find(store: Store, id: Buffer): Promise<StoredEmail | undefined>
  purge(): Promise<number>
}

/** Of one kind, in a day. */
const mostNotices = 10

/** Anyone who could not be reached for a day is not reached by waiting. */
const longestTrying: Milliseconds = hours(24)

export function createEmails(
  { db }: { db: Store },
  sealing: Sealing,
  attempts: Pick<Attempts, 'of' | 'from' | 'countIfRoom'>,
  clock: Clock,
  settings: EmailSettings & Pick<Settings, 'smtpUrl' | 'mode' | 'baseUrl'>,
): Emails {
  const mode = emailsMode(settings)
  let listener = () => {}
  const dueNow = () => (mode === 'smtp' ? clock.now() : null)
  return {
    mode,
    tries: (kind, address, clientAddress) => asked(attempts, settings, { kind, address, clientAddress }),
    prepare({ kind, accountId, to: { isVerified, ...to }, source, bySite, ...content }) {
      const at = clock.now()
      const whole: EmailContent = { ...content, to, at, ...source }
      const sealed = sealing.seal('email', JSON.stringify(whole))
      const goodFor = Math.min(longestTrying, content.link?.life ?? longestTrying)
      const tries = isVerified
        ? undefined
        : noticed(attempts, settings, to.address, bySite ? undefined : (source?.clientAddress ?? ''))
      return { id: newId(), kind, accountId, sealed, goodUntil: at + goodFor, tries }
    },
    async write(store, message) {
      if (mode === 'none') return
      await emailRows.insert(store, message, { now: clock.now(), dueAt: dueNow() })
      listener()
    },
    async writeUnsent(store, message) {
      if (mode === 'none') return
      // As long as the real one: four characters stand for three bytes.
      const sealed = sealing.seal('email', ' '.repeat((message.sealed.length * 3) / 4))
      await emailRows.insert(store, { ...message, sealed, goodUntil: 0 }, { now: clock.now(), dueAt: null })
    },
    async notify(store, message) {
      if (mode === 'none') return true
      if (message.tries && !(await attempts.countIfRoom(store, message.tries))) return false
      const posted = { now: clock.now(), dueAt: dueNow(), most: mostNotices }
      if (!(await emailRows.insertCapped(store, message, posted))) return false
      listener()
      return true
    },
    isWritten: async (store, { id }) => (await emailRows.find(store, id)) !== undefined,
    open(sealed) {
      const text = sealing.open('email', sealed)
      return text && text.trim() !== '' ? (JSON.parse(text) as EmailContent) : undefined
    },
    onWritten(wanting) {
      listener = wanting
    },
    ofAccount: emailRows.ofAccount,
    latest: emailRows.latest,
    page: emailRows.page,
    async sendAgain(store, id) {
      const isWaiting = await emailRows.setWaitingAgain(store, id, clock.now())
      if (isWaiting) listener()
      return isWaiting
    },
    waitingSince: emailRows.waitingSince,
    find: emailRows.find,
    purge: async () => (await emailRows.forgetFailed(db, clock.now())) + (await emailRows.purge(db, clock.now())),
  }
}
