import { isAdministrator } from '../../identity/groups/names.ts'
import { paths } from '../../paths.ts'
import { type AccountPageRow, Fact } from '../../web/ui/account-row.tsx'
import { stencil } from '../../web/ui/stencil.ts'

/** The way to the console, on the account page of administrators only. */
export const accountRow: AccountPageRow = {
  place: 35,
  section: 'profile',
  says: ({ site, account }) => (isAdministrator(account) ? fact(site, {}) : null),
  row: (_, says) => says,
}

const fact = stencil([], ({ text: { console: words } }) => (
  <Fact name={words.row} way={{ path: paths.console, label: words.openLabel, words: words.open }}>
    <span>{words.rowLead}</span>
  </Fact>
))
