import { recoveryCodesMade } from '../../identity/second-factors/limits.ts'
import { paths } from '../../paths.ts'
import { type AccountPageRow, Fact } from '../../web/ui/account-row.tsx'
import { stencil } from '../../web/ui/stencil.ts'

export const accountRow: AccountPageRow = {
  place: 42,
  section: 'security',
  // Nothing is said of it where the site turns it off and the account has none.
  says: ({ site, account: { hasSecondFactor, hasApp }, counts }) => {
    if (!hasSecondFactor && !site.offersSecondFactor) return null
    const words = site.text.account
    const way = hasSecondFactor
      ? { words: words.see, label: words.manageTwoFactor }
      : { words: words.setUpTwoFactor, label: words.setUpTwoFactorLabel }
    const path = hasSecondFactor && !hasApp ? paths.passkeys : paths.twoFactorSettings
    const left = { left: counts.recoveryCodesLeft, all: recoveryCodesMade }
    const on = hasApp ? words.twoFactorOn : words.twoFactorByPasskey
    return fact(site, { ...way, path, state: hasSecondFactor ? on(left) : words.twoFactorOff })
  },
  row: (_, says) => says,
}

const fact = stencil(['state', 'path', 'words', 'label'], ({ text }, { state, ...way }) => (
  <Fact name={text.account.twoFactor} way={way}>
    <span>{state}</span>
  </Fact>
))
