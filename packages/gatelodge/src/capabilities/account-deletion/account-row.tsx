import { paths } from '../../paths.ts'
import type { Site } from '../../web/site/site.ts'
import { type AccountPageRow, Fact } from '../../web/ui/account-row.tsx'

export const accountRow: AccountPageRow = {
  place: 90,
  section: 'deletion',
  row: (site) => (
    <Fact
      name={site.text.account.yourAccount}
      way={{ path: paths.deleteAccount, label: site.text.account.end, words: site.text.account.delete }}
    >
      <span>{whenDeleted(site)}</span>
    </Fact>
  ),
}

function whenDeleted({ deletionDelay, text: { account, formats } }: Site): string {
  return deletionDelay === 0 ? account.deletedAtOnce : account.deletedAfter({ days: formats.life(deletionDelay) })
}
