import { paths } from '../../paths.ts'
import type { AccountPageRow } from '../../web/ui/account-row.tsx'

export const accountRow: AccountPageRow = {
  place: 90,
  where: 'foot',
  says: () => null,
  row: ({ text }) => (
    <a class="aside-link quiet" href={paths.deleteAccount}>
      {text.account.end}
    </a>
  ),
}
