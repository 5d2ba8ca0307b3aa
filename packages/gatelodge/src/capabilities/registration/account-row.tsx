import type { AccountPageRow } from '../../web/ui/account-row.tsx'
import { CustomFacts } from '../../web/ui/custom-fields.tsx'

/** What the site asked at registration. */
export const accountRow: AccountPageRow = {
  place: 30,
  section: 'profile',
  says: ({ site, account }) => (site.fields.length > 0 ? <CustomFacts site={site} values={account.fields} /> : null),
  row: (_, says) => says,
}
