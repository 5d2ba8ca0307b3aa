import { type AccountPageRow, Fact } from '../../web/ui/account-row.tsx'
import { Moment } from '../../web/ui/moment.tsx'

export const accountRow: AccountPageRow = {
  place: 80,
  section: 'profile',
  says: ({ site, account, now }) => <Moment site={site} at={account.createdAt} now={now} />,
  row: ({ text }, says) => <Fact name={text.account.member}>{says}</Fact>,
}
