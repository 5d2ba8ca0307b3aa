import { recoveryCodesMade } from '../../identity/second-factors/limits.ts'
import { paths } from '../../paths.ts'
import { type AccountPageRow, Fact, type Shown } from '../../web/ui/account-row.tsx'

export const accountRow: AccountPageRow = {
  place: 42,
  section: 'security',
  says: (shown) => <SecondFactor {...shown} />,
  row: (_, says) => says,
}

/** Nothing is said of it where the site turns it off and the account has none. */
const SecondFactor = ({ site, account: { hasSecondFactor, hasApp }, counts }: Shown) => {
  if (!hasSecondFactor && !site.offersSecondFactor) return null
  const words = site.text.account
  const way = hasSecondFactor
    ? { words: words.see, label: words.manageTwoFactor }
    : { words: words.setUpTwoFactor, label: words.setUpTwoFactorLabel }
  const path = hasSecondFactor && !hasApp ? paths.passkeys : paths.twoFactorSettings
  const left = { left: counts.recoveryCodesLeft, all: recoveryCodesMade }
  const on = hasApp ? words.twoFactorOn : words.twoFactorByPasskey
  return (
    <Fact name={words.twoFactor} way={{ path, ...way }}>
      <span>{hasSecondFactor ? on(left) : words.twoFactorOff}</span>
    </Fact>
  )
}
