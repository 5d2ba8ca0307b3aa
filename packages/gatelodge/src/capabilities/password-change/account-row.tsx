import { paths } from '../../paths.ts'
import { type AccountPageRow, Fact, type Shown } from '../../web/ui/account-row.tsx'
import { Moment } from '../../web/ui/moment.tsx'

export const accountRow: AccountPageRow = {
  place: 40,
  section: 'security',
  says: ({ site, account, now }) => (
    <span>
      <PasswordAge site={site} account={account} now={now} />
    </span>
  ),
  row: ({ text }, says) => (
    <Fact
      name={text.account.password}
      way={{ path: paths.changePassword, label: text.account.changePassword, words: text.account.change }}
    >
      {says}
    </Fact>
  ),
}

const PasswordAge = ({ site, account, now }: Omit<Shown, 'counts'>) => {
  if (account.passwordChangedAt === null) return <>{site.text.account.passwordNone}</>
  if (account.passwordChangedAt === account.createdAt) return <>{site.text.account.passwordNeverChanged}</>
  return (
    <>
      {site.text.account.passwordChanged} <Moment site={site} at={account.passwordChangedAt} now={now} />
    </>
  )
}
