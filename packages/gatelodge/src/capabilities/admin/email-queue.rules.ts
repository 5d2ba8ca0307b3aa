// The emails of the last days: what became of each, and sending one again that failed. Never what it says, nor its link. Knows
// no HTTP and no SQL.
import { stringify } from 'uuid'
import { z } from 'zod'
import type { StoredEmail } from '../../email/row-storage.ts'
import { type EmailState, emailStateOf, emailStates } from '../../email/state.ts'
import { type NamedAccount, namesOf } from '../../identity/accounts/named-storage.ts'
import { idFrom } from '../../identity/ids.ts'
import type { Services } from '../../services.ts'
import type { Act } from './act.rules.ts'

/** Emails on one page. */
const pageSize = 25

export interface ListedEmail extends Pick<StoredEmail, 'id' | 'accountId' | 'kind' | 'tries' | 'failure'> {
  state: EmailState
  /** When it was sent, or failed, or is tried next, or was written. */
  at: number
  /** undefined: it was for no account, or for one that is gone. */
  account: NamedAccount | undefined
  canBeSentAgain: boolean
}

type Needs = Pick<Services, 'emails' | 'database' | 'clock'>

/** @param given as it stands in the address of the list: what is not one of ours counts as not given. */
export async function pageOfEmails(
  { emails, database, clock }: Needs,
  given: { state?: string | undefined; before?: string | undefined },
) {
  const state = emailStates.find((one) => one === given.state)
  const before = given.before === undefined ? undefined : idFrom(given.before)
  const found = await emails.page(database.db, { state, before, most: pageSize + 1 })
  const page = found.slice(0, pageSize)
  const names = await namesOf(
    database.db,
    page.map(({ accountId }) => accountId),
  )
  const listed = page.map((email) => ({
    ...listedEmail(email, clock.now()),
    account: email.accountId ? names.get(email.accountId.toString('hex')) : undefined,
  }))
  const last = page.at(-1)
  return { state, emails: listed, next: found.length > pageSize && last ? stringify(last.id) : undefined }
}

function listedEmail(email: StoredEmail, now: number): Omit<ListedEmail, 'account'> {
  const { id, accountId, kind, tries, failure, sentAt, failedAt, dueAt, createdAt } = email
  const at = sentAt ?? failedAt ?? dueAt ?? createdAt
  return { id, accountId, kind, tries, failure, state: emailStateOf(email), at, canBeSentAgain: isSendable(email, now) }
}

const isSendable = ({ failedAt, sealed, goodUntil }: StoredEmail, now: number) =>
  failedAt !== null && sealed !== '' && goodUntil > now

/** @param text an id. @returns undefined where there is no such email. */
export async function findEmail({ emails, database }: Needs, text: string): Promise<StoredEmail | undefined> {
  const id = idFrom(text)
  const found = id && (await emails.find(database.db, id))
  // Those for nobody are no emails: whether one was written is nobody's business.
  return found && found.goodUntil > 0 ? found : undefined
}

const Which = z.object({ email: z.string() })

type Outcome = { kind: 'done' } | { kind: 'no-email' | 'not-failed' | 'email-over' | 'email-not-set-up' }

/** The same email with the same link, tried as if it were new. Its content is kept for this until its link expires. */
export const sendEmailAgain: Act<typeof Which, Outcome> = {
  name: 'send-email-again',
  input: Which,
  needsReason: false,
  scope: null,
  event: 'email.sent-again',
  async run({ emails, database, audit, clock }, { actor, source }, _, input) {
    const email = await findEmail({ emails, database, clock }, input.email)
    if (!email) return { kind: 'no-email' }
    if (emails.mode !== 'smtp') return { kind: 'email-not-set-up' }
    if (email.failedAt === null) return { kind: 'not-failed' }
    const about = { account: email.accountId ?? undefined, actor, reason: email.kind }
    const record = audit.record('email.sent-again', source, about)
    const outcome = await database.transact<Outcome>(
      async (trx) => {
        if (!(await emails.sendAgain(trx, email.id))) return { kind: 'email-over' }
        await audit.write(trx, record)
        return { kind: 'done' }
      },
      async (db) => ((await audit.isWritten(db, record)) ? { kind: 'done' } : undefined),
    )
    if (outcome === 'duplicate') throw new Error('nothing here can meet a unique key')
    return outcome
  },
}
