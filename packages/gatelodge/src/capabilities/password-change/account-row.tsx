import { paths } from '../../paths.ts'
import { text } from '../../text/en.ts'
import { type AccountPageRow, Fact, type Shown } from '../../web/ui/account-row.tsx'
import { Moment } from '../../web/ui/moment.tsx'

export const accountRow: AccountPageRow = {
  place: 40,
  where: 'facts',
  says: ({ account, now }) => (
    <span>
      <PasswordAge account={account} now={now} />
    </span>
  ),
  row: (says) => (
    <Fact
      name={text.account.password}
      way={{ path: paths.changePassword, label: text.account.changePassword, words: text.account.change }}
    >
      {says}
    </Fact>
  ),
}

const PasswordAge = ({ account, now }: Pick<Shown, 'account' | 'now'>) => {
  if (account.passwordChangedAt === null) return <>{text.account.passwordNone}</>
  if (account.passwordChangedAt === account.createdAt) return <>{text.account.passwordNeverChanged}</>
  return (
    <>
      {text.account.passwordChanged} <Moment at={account.passwordChangedAt} now={now} />
    </>
  )
}
