// Accounts as a file: those that were chosen, or all that a search finds. Knows no HTTP and no SQL.
import { z } from 'zod'
import type { Account } from '../../identity/accounts/account.ts'
import { listAccounts } from '../../identity/accounts/list-storage.ts'
import { accountFactors, accountStates } from '../../identity/accounts/list-wanted.ts'
import type { Services } from '../../services.ts'
import { accountsOnPage } from './accounts.rules.ts'
import type { Act } from './act.rules.ts'

/** Accounts that are read at once: memory holds no more, however many there are. */
const pieceRows = 500

const Wanted = z.object({
  /** Those that were chosen. None: all that the search finds. */
  accounts: z.array(z.instanceof(Buffer)).max(accountsOnPage).default([]),
  query: z.string().default(''),
  state: z.enum(accountStates).optional(),
  group: z.string().optional(),
  factor: z.enum(accountFactors).optional(),
})
type Wanted = z.output<typeof Wanted>

/** Who takes them along is recorded first: how many were chosen, or by which filters, and no address. */
export const downloadAccounts: Act<typeof Wanted, { kind: 'done'; pieces: AsyncIterable<Account[]> }> = {
  name: 'download-accounts',
  input: Wanted,
  needsReason: false,
  scope: null,
  event: 'accounts.downloaded',
  async run(needs, { actor, source }, _, wanted) {
    const { audit, database } = needs
    const record = audit.record('accounts.downloaded', source, { actor, reason: wordsOf(wanted) })
    await audit.write(database.db, record)
    return { kind: 'done', pieces: pieces(needs, wanted) }
  },
}

/** Written as in an address, so that it is ASCII. */
function wordsOf({ accounts, query, state, group, factor }: Wanted): string {
  if (accounts.length > 0) return `chosen=${accounts.length}`
  const about = Object.entries({ state, group, factor, ...(query.trim() && { search: 'yes' }) })
  const given = about.filter((pair): pair is [string, string] => Boolean(pair[1]))
  return given.length === 0 ? 'all' : new URLSearchParams(given).toString().slice(0, 255)
}

type Needs = Pick<Services, 'database' | 'accounts'>

async function* pieces(needs: Needs, { accounts, ...filters }: Wanted): AsyncGenerator<Account[]> {
  const { db } = needs.database
  if (accounts.length > 0) {
    const found = await Promise.all(accounts.map((id) => needs.accounts.findById(db, id)))
    yield found.filter((account) => account !== undefined)
    return
  }
  let cursor: string | undefined
  do {
    const page = await listAccounts(db, { ...filters, limit: pieceRows, cursor })
    if (page && page.accounts.length > 0) yield page.accounts
    cursor = page?.next
  } while (cursor !== undefined)
}
