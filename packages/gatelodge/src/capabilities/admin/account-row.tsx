import { isAdministrator } from '../../identity/groups/names.ts'
import { paths } from '../../paths.ts'
import { type AccountPageRow, Fact } from '../../web/ui/account-row.tsx'

/** The way to the console, on the account page of administrators only. */
export const accountRow: AccountPageRow = {
  place: 35,
  section: 'profile',
  says: ({ site: { text }, account }) =>
    isAdministrator(account) ? (
      <Fact
        name={text.console.row}
        way={{ path: paths.console, label: text.console.openLabel, words: text.console.open }}
      >
        <span>{text.console.rowLead}</span>
      </Fact>
    ) : (
      ''
    ),
  row: (_, says) => says,
}
