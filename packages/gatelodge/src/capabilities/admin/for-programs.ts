// What the operations for keys share: how an account is written, how an act is asked for, and how a refusal is answered.
import { z } from 'zod'
import { orderByKey } from '../../api/admin-key.ts'
import { done, refused } from '../../api/answers.ts'
import { described } from '../../api/described.ts'
import { moment } from '../../api/shapes.ts'
import type { Account } from '../../identity/accounts/account.ts'
import { publicAccount } from '../../identity/accounts/public-account.ts'
import { stateOf } from '../../identity/accounts/state.ts'
import { idFrom } from '../../identity/ids.ts'
import type { Problem } from '../../text/problem-text.ts'
import { json, problem } from '../../web/http/answer.ts'
import type { Context } from '../../web/http/context.ts'
import type { ProblemCode } from '../../web/http/problem-codes.ts'
import type { Act } from './act.rules.ts'
import { perform } from './acts.ts'

/** An account as those see it who run the site. */
export const Managed = z.strictObject({
  id: z.uuid().meta(described('lastingId')),
  name: z.string(),
  email: z.string(),
  email_verified: z.boolean(),
  state: z.enum(['active', 'disabled', 'deleted']),
  registered_at: moment,
  disabled_at: moment.nullable(),
  deletes_at: moment.nullable().meta(described('deletesAt')),
  has_second_factor: z.boolean(),
  groups: z.array(z.string()).meta(described('groups')),
  fields: z.record(z.string(), z.union([z.string(), z.boolean()])).meta(described('customFields')),
})

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

export function managed(account: Account): z.output<typeof Managed> {
  const { id, name, email, emailVerified, registeredAt, groups, fields } = publicAccount(account)
  return {
    ...{ id, name, email, email_verified: emailVerified, state: stateOf(account) },
    ...{ registered_at: registeredAt.toISOString(), disabled_at: iso(account.disabledAt) },
    ...{ deletes_at: iso(account.deletesAt), has_second_factor: account.hasSecondFactor, groups, fields },
  }
}

/** Which account: what each act on an account takes. */
export const account = z.string().meta(described('accountId'))

/** Of every operation on an account. */
export const ofAct: ProblemCode[] = ['not-found', 'state', 'fields']

/** What an act said when it was not done. */
interface Refused {
  kind: string
  /** What is wrong with a value. */
  code?: string
  field?: string
  group?: string
}

/** Runs the act with the reason of the request. @returns its outcome, or the answer where it was refused. */
export async function act<Input extends z.ZodObject, Outcome extends { kind: string }>(
  c: Context,
  one: Act<Input, Outcome>,
  given: { account?: string; reason?: string },
  input: z.input<Input>,
): Promise<Extract<Outcome, { kind: 'done' }> | Response> {
  const id = given.account === undefined ? Buffer.alloc(16) : idFrom(given.account)
  if (!id) return problem(c, 'not-found')
  const outcome = await perform(one, c.get('services'), orderByKey(c, given.reason), id, input)
  if (outcome.kind === 'done') return outcome as Extract<Outcome, { kind: 'done' }>
  return refusedAct(c, outcome)
}

/** The same for an act on one account: the account as it is now. What is so already is no refusal. */
export async function actOnAccount<Input extends z.ZodObject, Outcome extends { kind: string }>(
  c: Context,
  one: Act<Input, Outcome>,
  given: { account: string; reason?: string },
  input: z.input<Input>,
): Promise<Response> {
  const outcome = await act(c, one, given, input)
  return outcome instanceof Response ? outcome : answerAccount(c, given.account)
}

/** The same for an act that has nothing to show. */
export async function actWithoutContent<Input extends z.ZodObject, Outcome extends { kind: string }>(
  c: Context,
  one: Act<Input, Outcome>,
  given: { account?: string; reason?: string },
  input: z.input<Input>,
): Promise<Response> {
  const outcome = await act(c, one, given, input)
  return outcome instanceof Response ? outcome : done(c)
}

/** The account that the query names. */
export async function accountInQuery(c: Context): Promise<Account | undefined> {
  const { accounts, database } = c.get('services')
  const id = idFrom(c.req.query('account') ?? '')
  return id && accounts.findById(database.db, id)
}

export async function answerAccount(c: Context, id: string | Buffer, status = 200): Promise<Response> {
  const { accounts, database } = c.get('services')
  const key = typeof id === 'string' ? idFrom(id) : id
  const found = key && (await accounts.findById(database.db, key))
  return found ? json(c, status, managed(found)) : problem(c, 'not-found')
}

const notFound = ['no-account', 'no-session', 'no-member', 'no-connection']
/** It is as it was asked to be, or cannot be so now. */
const ofState = [
  'disabled',
  'enabled',
  'deleted',
  'not-deleted',
  'closed',
  'verified',
  'member',
  'needed',
  'no-password',
]

/** By the field that is wrong, for kinds that say no field themselves. */
const fieldProblems: Record<string, Problem> = {
  'reason-needed': { field: 'reason', code: 'empty' },
  'bad-address': { field: 'email', code: 'form' },
  taken: { field: 'email', code: 'taken' },
  reserved: { field: 'email', code: 'reserved' },
  'in-the-future': { field: 'created_at', code: 'form' },
  'two-passwords': { field: 'password_hash', code: 'two' },
  'bad-hash': { field: 'password_hash', code: 'form' },
  'no-group': { field: 'group', code: 'unknown' },
  'too-many-groups': { field: 'group', code: 'too-many' },
  exists: { field: 'group', code: 'taken' },
}

const ofGroups: Problem = { field: 'groups', code: 'unknown' }

export function refusedAct(c: Context, { kind, code = '', field = '', group }: Refused): Response {
  if (notFound.includes(kind)) return problem(c, 'not-found')
  if (ofState.includes(kind)) return problem(c, 'state')
  if (kind === 'last-way-in') return problem(c, kind)
  if (kind === 'not-by-key' || kind === 'only-by-email') return problem(c, 'key-scope')
  if (kind === 'email-not-set-up') return problem(c, 'email-not-set-up')
  if (kind === 'too-many-emails') return problem(c, 'state')
  if (kind === 'weak') return refused(c, [{ field: 'password', code } as Problem])
  if (kind === 'bad-field') return refused(c, [{ field, isCustom: true, code } as Problem])
  if (kind === 'bad-name')
    return refused(c, [code ? ({ field: 'name', code } as Problem) : { field: 'group', code: 'form' }])
  if (kind === 'bad-input' && field === 'createdAt') return refused(c, [{ field: 'created_at', code: 'form' }])
  if (kind === 'bad-input') return refused(c, [{ field, code: 'not-text' } as Problem])
  // A new account names several groups.
  const at = kind === 'no-group' && group !== undefined ? ofGroups : fieldProblems[kind]
  if (!at) throw new Error(`no answer for ${kind}`)
  return refused(c, [at])
}
