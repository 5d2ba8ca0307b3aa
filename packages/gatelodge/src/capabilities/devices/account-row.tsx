import { paths } from '../../paths.ts'
import { type AccountPageRow, Fact } from '../../web/ui/account-row.tsx'

export const accountRow: AccountPageRow = {
  place: 50,
  section: 'security',
  says: ({ site, counts }) => site.text.account.devicesCount({ count: counts.devices }),
  row: ({ text }, says) => (
    <Fact
      name={text.account.devices}
      way={{ path: paths.devices, label: text.account.seeDevices, words: text.account.see }}
    >
      <span>{says}</span>
    </Fact>
  ),
}
