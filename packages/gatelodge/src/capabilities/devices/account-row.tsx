import { paths } from '../../paths.ts'
import { type AccountPageRow, Fact } from '../../web/ui/account-row.tsx'

export const accountRow: AccountPageRow = {
  place: 50,
  where: 'facts',
  says: () => null,
  row: ({ text }) => (
    <Fact
      name={text.account.devices}
      way={{ path: paths.devices, label: text.account.seeDevices, words: text.account.see }}
    >
      <span>{text.account.devicesLead}</span>
    </Fact>
  ),
}
