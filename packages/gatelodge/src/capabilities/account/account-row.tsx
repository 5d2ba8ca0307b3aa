import { text } from '../../text/en.ts'
import { type AccountPageRow, Fact } from '../../web/ui/account-row.tsx'
import { Moment } from '../../web/ui/moment.tsx'

export const accountRow: AccountPageRow = {
  place: 80,
  where: 'facts',
  says: ({ account, now }) => <Moment at={account.createdAt} now={now} />,
  row: (says) => <Fact name={text.account.member}>{says}</Fact>,
}
