import type { Account } from './account.ts'
import type { AccountState } from './list-wanted.ts'

/** Whether it may be entered. One that is disabled and deleted counts as deleted. */
export function stateOf({ disabledAt, deletesAt }: Pick<Account, 'disabledAt' | 'deletesAt'>): AccountState {
  if (deletesAt !== null) return 'deleted'
  return disabledAt === null ? 'active' : 'disabled'
}
