import type { AccountPageRow } from '../../web/ui/account-row.tsx'
import { CustomFacts } from '../../web/ui/custom-fields.tsx'

/** What the site asked at registration. */
export const accountRow: AccountPageRow = {
  place: 30,
  section: 'profile',
  says: ({ site, account }) => <CustomFacts site={site} values={account.fields} />,
  row: (_, says) => says,
}
