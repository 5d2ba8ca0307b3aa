// What an act on several accounts would do to each of them, said before it is ordered. Knows no HTTP and no SQL.
import type { Account } from '../../identity/accounts/account.ts'
import { mostGroups } from '../../identity/groups/names.ts'
import type { BulkActName } from './bulk.rules.ts'
import { whyNotDisabled, whyNotEnabled } from './state.rules.ts'

/** Why the act does not change an account, by the name of the refusal. undefined: it is changed. */
type WhyNot = (account: Account, actor: string) => string | undefined

const whyNot: Record<BulkActName, WhyNot> = {
  'disable-account': whyNotDisabled,
  'enable-account': whyNotEnabled,
  // Which group it is, and so who is a member, is chosen later.
  'join-group': ({ groups }) => (groups.length >= mostGroups ? 'too-many-groups' : undefined),
}

export interface Foreseen {
  changed: Account[]
  unchanged: { account: Account; why: string }[]
  /** How many of those that are changed are in each group already. */
  members: Map<string, number>
}

/** The act itself decides: this is what it would do now. @param actor the id of the administrator */
export function foresee(act: BulkActName, actor: string, accounts: Account[]): Foreseen {
  const judged = accounts.map((account) => ({
    account,
    why: isGone(account) ? 'no-account' : whyNot[act](account, actor),
  }))
  const changed = judged.filter(({ why }) => why === undefined).map(({ account }) => account)
  return {
    ...{ changed, members: memberCounts(changed) },
    unchanged: judged.flatMap(({ account, why }) => (why === undefined ? [] : [{ account, why }])),
  }
}

/** Its rows are being removed. */
const isGone = ({ deletesAt }: Account) => deletesAt !== null && deletesAt <= 0

function memberCounts(accounts: Account[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const group of accounts.flatMap(({ groups }) => groups)) counts.set(group, (counts.get(group) ?? 0) + 1)
  return counts
}
