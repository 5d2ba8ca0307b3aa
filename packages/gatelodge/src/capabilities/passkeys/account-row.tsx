import { paths } from '../../paths.ts'
import { type AccountPageRow, Fact } from '../../web/ui/account-row.tsx'
import { mayOffer, Offer } from './offer.pages.tsx'

export const offerRow: AccountPageRow = {
  place: 1,
  section: 'offer',
  says: (shown) => (mayOffer(shown) ? <Offer {...shown} /> : null),
  row: (_, says) => says,
}

/** How many there are stands on their own page: this one asks the database for nothing more than the session. */
export const accountRow: AccountPageRow = {
  place: 41,
  section: 'security',
  says: ({ site: { text }, account }) => (
    <span>{account.asksPasskeySince === null ? text.passkeys.row : text.passkeys.rowAfterPassword}</span>
  ),
  row: ({ text: { account, passkeys } }, says) => (
    <Fact name={passkeys.title} way={{ path: paths.passkeys, label: passkeys.see, words: account.see }}>
      {says}
    </Fact>
  ),
}
