import { paths } from '../../paths.ts'
import { type AccountPageRow, Fact } from '../../web/ui/account-row.tsx'

export const accountRow: AccountPageRow = {
  place: 60,
  section: 'data',
  row: ({ text }) => (
    <Fact
      name={text.account.data}
      way={{ path: paths.export, label: text.account.downloadData, words: text.account.download }}
    >
      <span>{text.account.dataLead}</span>
    </Fact>
  ),
}
