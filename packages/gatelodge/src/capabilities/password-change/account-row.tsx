import { paths } from '../../paths.ts'
import { type AccountPageRow, Fact, type Shown } from '../../web/ui/account-row.tsx'
import { Moment } from '../../web/ui/moment.tsx'

export const accountRow: AccountPageRow = {
  place: 40,
  section: 'security',
  says: (shown) => <Password {...shown} />,
  row: (_, says) => says,
}

const Password = ({ site, account, now }: Shown) => {
  const { passwordChangedAt, createdAt } = account
  const words = site.text.account
  const way =
    passwordChangedAt === null
      ? { words: words.setPassword, label: site.text.setPassword.title }
      : { words: words.change, label: words.changePassword }
  return (
    <Fact name={words.password} way={{ path: paths.changePassword, ...way }}>
      <span>
        {passwordChangedAt === null && words.passwordNone}
        {passwordChangedAt === createdAt && words.passwordNeverChanged}
        {passwordChangedAt !== null && passwordChangedAt !== createdAt && (
          <>
            {words.passwordChanged} <Moment site={site} at={passwordChangedAt} now={now} />
          </>
        )}
      </span>
    </Fact>
  )
}
