// The file of accounts: a page that says whom it will hold, and the file itself. Taking it is recorded, and the data leave the
// site: so its button posts, and no link of another site does it (ASVS V3.5.3).
import { Hono } from 'hono'
import { stringify } from 'uuid'
import type { Account } from '../../identity/accounts/account.ts'
import { stateOf } from '../../identity/accounts/state.ts'
import { paths } from '../../paths.ts'
import { page } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { csvFile, csvLine } from '../../web/http/csv.ts'
import { failure } from '../../web/http/error-pages.tsx'
import { administrator, administratorActing, frameOf, orderOf } from '../../web/session/administrator.ts'
import { filtersOf } from './accounts.rules.ts'
import { nobody, perform } from './acts.ts'
import { chosenIds } from './bulk.rules.ts'
import { DownloadPage } from './download.pages.tsx'
import { downloadAccounts } from './download.rules.ts'
import { chosenAccounts } from './selected.rules.ts'

export const download = new Hono<AppEnv>()

download.get(paths.consoleAccountsDownload, administratorActing, async (c) => {
  const { services } = c.var
  const accounts = await chosenAccounts(services, c.req.queries('account') ?? [])
  const props = { frame: await frameOf(c), accounts, filters: filtersOf(c.req.query()), columns: columnsOf(c) }
  return page(c, 200, <DownloadPage {...props} />)
})

download.post(paths.consoleAccountsDownload, administrator, async (c) => {
  const { services } = c.var
  const { query, state, group, factor } = filtersOf(c.req.query())
  const wanted = { accounts: chosenIds(c.req.queries('account') ?? []), query, state, group, factor }
  const outcome = await perform(downloadAccounts, services, await orderOf(c), nobody, wanted)
  if (outcome.kind !== 'done') return failure(c, 'not-found')
  return csvFile(c, 'gatelodge-accounts.csv', file(columnsOf(c), outcome.pieces))
})

/** Named as `gatelodge import` names them: programs read it, so they are in no language. */
function columnsOf(c: Context): CsvColumn[] {
  const own = c
    .get('site')
    .fields.map(({ name }): CsvColumn => [`field.${name}`, ({ fields }) => spelled(fields[name])])
  return [...columns, ...own]
}

type CsvColumn = [name: string, cell: (account: Account) => string]

const moment = (at: number | null) => (at === null ? '' : new Date(at).toISOString())

const columns: CsvColumn[] = [
  ['id', ({ id }) => stringify(id)],
  ['email', ({ email }) => email],
  ['name', ({ name }) => name],
  ['state', stateOf],
  ['email_verified', ({ verifiedAt }) => String(verifiedAt !== null)],
  ['created_at', ({ createdAt }) => moment(createdAt)],
  ['disabled', ({ disabledAt }) => String(disabledAt !== null)],
  ['two_factor', ({ hasSecondFactor }) => String(hasSecondFactor)],
  ['groups', ({ groups }) => groups.join(';')],
]

/** Fields of a site hold text, numbers, yes or no. */
const spelled = (value: unknown) => (value === undefined || value === null ? '' : String(value))

async function* file(all: CsvColumn[], pieces: AsyncIterable<Account[]>): AsyncGenerator<string> {
  yield csvLine(all.map(([name]) => name))
  for await (const accounts of pieces)
    yield accounts.map((account) => csvLine(all.map(([, cell]) => cell(account)))).join('')
}
