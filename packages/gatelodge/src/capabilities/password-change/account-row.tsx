import { paths } from '../../paths.ts'
import { type AccountPageRow, Fact, type Shown } from '../../web/ui/account-row.tsx'
import { momentOf } from '../../web/ui/moment.tsx'
import { stencil } from '../../web/ui/stencil.ts'

export const accountRow: AccountPageRow = {
  place: 40,
  section: 'security',
  says: (shown) => {
    const { site, account } = shown
    const { account: words, setPassword } = site.text
    const way =
      account.passwordChangedAt === null
        ? { words: words.setPassword, label: setPassword.title }
        : { words: words.change, label: words.changePassword }
    return fact(site, { ...way, state: stateOf(shown) })
  },
  row: (_, says) => says,
}

const fact = stencil(['state', 'words', 'label'], ({ text }, { state, words, label }) => (
  <Fact name={text.account.password} way={{ path: paths.changePassword, words, label }}>
    <span>{state}</span>
  </Fact>
))

function stateOf({ site, account, now }: Shown) {
  const { passwordChangedAt, createdAt } = account
  const words = site.text.account
  if (passwordChangedAt === null) return words.passwordNone
  if (passwordChangedAt === createdAt) return words.passwordNeverChanged
  return changed(site, { when: momentOf({ site, at: passwordChangedAt, now }) })
}

const changed = stencil(['when'], ({ text }, { when }) => (
  <>
    {text.account.passwordChanged} {when}
  </>
))
