// An account in a list: its name with the way to its page, its address, its badges, and since when it is there.
import type { Account } from '../../identity/accounts/account.ts'
import type { Site } from '../../web/site/site.ts'
import { Moment } from '../../web/ui/moment.tsx'
import { Badges } from './account-badges.pages.tsx'
import { accountPath } from './lists.pages.tsx'

export const AccountLine = ({ site, account, now }: { site: Site; account: Account; now: number }) => (
  <>
    <div>
      <a href={accountPath(account.id)}>
        <bdi translate="no">{account.name}</bdi>
      </a>{' '}
      <small dir="ltr" translate="no">
        {account.email}
      </small>
    </div>
    <p>
      <Badges site={site} account={account} />
    </p>
    <small>
      {site.text.console.accounts.registered} <Moment site={site} at={account.createdAt} now={now} />
    </small>
  </>
)
