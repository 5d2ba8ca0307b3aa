import { type AccountPageRow, Fact } from '../../web/ui/account-row.tsx'
import { momentOf } from '../../web/ui/moment.tsx'

/** Nothing is said of groups where the account is in none. */
export const groupsRow: AccountPageRow = {
  place: 78,
  section: 'profile',
  says: ({ site, account: { groups } }) =>
    groups.length === 0 ? null : (
      <Fact name={site.text.account.groups}>
        <span translate="no">{groups.join(', ')}</span>
      </Fact>
    ),
  row: (_, says) => says,
}

export const accountRow: AccountPageRow = {
  place: 80,
  section: 'profile',
  says: ({ site, account, now }) => momentOf({ site, at: account.createdAt, now }),
  row: ({ text }, says) => <Fact name={text.account.member}>{says}</Fact>,
}
