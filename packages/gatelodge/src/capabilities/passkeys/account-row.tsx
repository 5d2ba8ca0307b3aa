import { paths } from '../../paths.ts'
import { type AccountPageRow, Fact } from '../../web/ui/account-row.tsx'
import { mayOffer, offer } from './offer.pages.tsx'

export const offerRow: AccountPageRow = {
  place: 1,
  section: 'offer',
  says: (shown) => (mayOffer(shown) ? offer(shown.site, shown) : null),
  row: (_, says) => says,
}

/** How many there are stands on their own page: this one asks the database for nothing more than the session. */
export const accountRow: AccountPageRow = {
  place: 41,
  section: 'security',
  says: ({ site: { text }, account }) =>
    account.asksPasskeySince === null ? text.passkeys.row : text.passkeys.rowAfterPassword,
  row: ({ text: { account, passkeys } }, says) => (
    <Fact name={passkeys.title} way={{ path: paths.passkeys, label: passkeys.see, words: account.see }}>
      <span>{says}</span>
    </Fact>
  ),
}
