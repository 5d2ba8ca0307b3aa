import { paths } from '../../paths.ts'
import { type AccountPageRow, Fact } from '../../web/ui/account-row.tsx'

export const accountRow: AccountPageRow = {
  place: 10,
  section: 'profile',
  says: ({ account }) => account.name,
  row: ({ text }, says) => (
    <Fact
      name={text.account.name}
      way={{ path: paths.profile, label: text.account.changeName, words: text.account.change }}
    >
      <span>{says}</span>
    </Fact>
  ),
}
