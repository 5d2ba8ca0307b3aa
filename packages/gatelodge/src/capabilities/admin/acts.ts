// All acts of the people who run the site, and the one way to run one: the commands, the functions in code, the console and
// the API for keys come through here. Knows no HTTP and no SQL.
import type { z } from 'zod'
import { noteOf } from '../../identity/audit/note.ts'
import type { Services } from '../../services.ts'
import { type Act, type ActOrder, NotByKey } from './act.rules.ts'
import { addAdministrator, removeAdministrator } from './administrators.rules.ts'
import { orderBulkAct } from './bulk.rules.ts'
import { removeConnection } from './connections.rules.ts'
import { createAccount } from './create.rules.ts'
import { deleteAccount, restoreAccount } from './deletion.rules.ts'
import { downloadAccounts } from './download.rules.ts'
import { sendEmailAgain } from './email-queue.rules.ts'
import { resetTwoFactor } from './factors.rules.ts'
import { setFields } from './fields.rules.ts'
import { createGroup, deleteGroup, describeGroup, joinGroup, leaveGroup } from './groups.rules.ts'
import { createKey, revokeKey } from './keys.rules.ts'
import { demandNewPassword, makeResetLink, setPassword } from './password.rules.ts'
import { setAddress, setName, verifyAddress } from './profile.rules.ts'
import { endSession, endSessions } from './sessions.rules.ts'
import { disableAccount, enableAccount } from './state.rules.ts'

const declared = [
  ...[createAccount, setName, setAddress, verifyAddress, setPassword, makeResetLink, demandNewPassword, resetTwoFactor],
  ...[endSessions, endSession, removeConnection, disableAccount, enableAccount, deleteAccount, restoreAccount],
  ...[addAdministrator, removeAdministrator, joinGroup, leaveGroup, createGroup, describeGroup, deleteGroup],
  ...[createKey, revokeKey, setFields, sendEmailAgain, orderBulkAct, downloadAccounts],
]

/** Each has its own input: `perform()` reads it. */
export const acts = declared as readonly unknown[] as readonly Act[]

/** Why nothing was done, whatever the act. */
export type NotDone =
  /** It touches the safety of a person, and the record must say why. */
  | { kind: 'reason-needed' }
  /** Of another shape; `field` is the first that is wrong. */
  | { kind: 'bad-input'; field: string }
  /** A key may not do it: it lacks the scope, or no key may. */
  | { kind: 'not-by-key' }

/** @param id the account that it is done to; see `nobody`. @throws {Busy} where too many passwords are being hashed. */
export async function perform<Input extends z.ZodObject, Outcome extends { kind: string }>(
  act: Act<Input, Outcome>,
  services: Services,
  given: ActOrder,
  id: Buffer,
  input: z.input<Input>,
): Promise<Outcome | NotDone> {
  const read = act.input.safeParse(input)
  if (!read.success) return { kind: 'bad-input', field: read.error.issues[0]?.path.join('.') ?? '' }
  const order = { ...given, reason: noteOf(given.reason) }
  const demanding = [act, act.amountsTo?.(read.data)].filter((one) => one !== undefined)
  if (!demanding.every(({ scope }) => mayDo(order, scope))) return refused(act, services, order)
  if (demanding.some((one) => lacksReason(one, order))) return { kind: 'reason-needed' }
  try {
    return await act.run(services, order, id, read.data)
  } catch (error) {
    if (error instanceof NotByKey) return refused(act, services, order)
    throw error
  }
}

/** For what concerns no account. */
export const nobody: Buffer = Buffer.alloc(16)

/** Whether the act demands a reason that the order does not give. */
export function lacksReason({ needsReason }: Pick<Act, 'needsReason'>, order: Pick<ActOrder, 'reason'>): boolean {
  return needsReason && noteOf(order.reason) === undefined
}

function mayDo({ scopes }: ActOrder, scope: Act['scope']): boolean {
  return scopes === undefined || (scope !== null && scopes.includes(scope))
}

/** A program that tries what its key may not do is worth a look. */
async function refused(
  { name }: Pick<Act, 'name'>,
  { audit, database }: Services,
  { actor, source }: ActOrder,
): Promise<NotDone> {
  await audit.write(database.db, audit.record('key.refused', source, { actor, reason: name }))
  return { kind: 'not-by-key' }
}
