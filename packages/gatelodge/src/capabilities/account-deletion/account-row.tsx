import { paths } from '../../paths.ts'
import { text } from '../../text/en.ts'
import type { AccountRow } from '../../web/ui/account-row.tsx'

export const accountRow: AccountRow = {
  place: 90,
  where: 'foot',
  says: () => null,
  row: () => (
    <a class="aside-link quiet" href={paths.deleteAccount}>
      {text.account.end}
    </a>
  ),
}
