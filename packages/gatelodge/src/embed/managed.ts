// Accounts, sessions and groups for the code of the app that holds us: the acts of the people who run the site, as functions.
import type { z } from 'zod'
import type { Act, ActOrder } from '../capabilities/admin/act.rules.ts'
import { perform } from '../capabilities/admin/acts.ts'
import type { Account } from '../identity/accounts/account.ts'
import { publicAccount } from '../identity/accounts/public-account.ts'
import { stateOf } from '../identity/accounts/state.ts'
import { idFrom } from '../identity/ids.ts'
import type { Services } from '../services.ts'
import type { Because, ManagedAccount } from './managed-contract.ts'

/** What was asked for was not done, and nothing has changed. `code` says why, for programs. */
export class GatelodgeRefusal extends Error {
  /** Why, such as `no-account`, `taken` or `last-administrator`. It never changes. */
  readonly code: string
  constructor(code: string, detail?: string) {
    super(detail === undefined ? `Gatelodge refused: ${code}` : `Gatelodge refused: ${code} (${detail})`)
    this.name = 'GatelodgeRefusal'
    this.code = code
  }
}

const source = { clientAddress: '', device: { isCode: true as const }, requestId: '' }

export function orderOf({ reason }: Because = {}): ActOrder {
  return { actor: 'code', reason, source }
}

/** @throws {GatelodgeRefusal} `no-account` for what is no id. */
export function keyOf(id: string): Buffer {
  const key = idFrom(id)
  if (!key) throw new GatelodgeRefusal('no-account')
  return key
}

/** @throws {GatelodgeRefusal} for input of another shape (`bad-input`), without a reason that is needed, and where the act says no. */
export async function done<Input extends z.ZodObject, Outcome extends { kind: string }>(
  services: Services,
  act: Act<Input, Outcome>,
  id: Buffer,
  input: z.input<Input>,
  because?: Because,
): Promise<Extract<Outcome, { kind: 'done' }>> {
  const outcome = await perform(act, services, orderOf(because), id, input)
  needsDone(outcome)
  return outcome as Extract<Outcome, { kind: 'done' }>
}

/** @throws {GatelodgeRefusal} for any other outcome. */
export function needsDone(outcome: { kind: string }): void {
  if (outcome.kind !== 'done') throw new GatelodgeRefusal(outcome.kind, detailOf(outcome))
}

function detailOf(outcome: object): string | undefined {
  const { field, group, code } = outcome as Partial<Record<'field' | 'group' | 'code', string>>
  return [field ?? group, code].filter((part) => part !== undefined).join(': ') || undefined
}

export function managed(account: Account): ManagedAccount {
  const date = (at: number | null) => (at === null ? null : new Date(at))
  return {
    ...publicAccount(account),
    state: stateOf(account),
    disabledAt: date(account.disabledAt),
    deletesAt: date(account.deletesAt),
    hasSecondFactor: account.hasSecondFactor,
  }
}
