import { paths } from '../../paths.ts'
import { type AccountPageRow, Fact } from '../../web/ui/account-row.tsx'

/** Only where the site has providers. */
export const accountRow: AccountPageRow = {
  place: 43,
  section: 'security',
  row: (site) => {
    if (site.connections.length === 0) return null
    const { account, connections } = site.text
    return (
      <Fact name={connections.title} way={{ path: paths.connections, label: connections.see, words: account.see }}>
        <span>{site.text.connections.row}</span>
      </Fact>
    )
  },
}
