// What is so of an account, in a word each: only what differs from most.
import type { Account } from '../../identity/accounts/account.ts'
import type { Site } from '../../web/site/site.ts'

export const Badges = ({ site, account }: { site: Site; account: Account }) => {
  const words = site.text.console.badges
  const { verifiedAt, disabledAt, deletesAt, hasSecondFactor, groups } = account
  const badges = [
    deletesAt !== null && <span class="badge bad">{words.deleted}</span>,
    disabledAt !== null && <span class="badge bad">{words.disabled}</span>,
    verifiedAt === null && <span class="badge warn">{site.text.account.notVerified}</span>,
    hasSecondFactor && <span class="badge">{words.app}</span>,
    ...groups.map((name) => (
      <span class="badge quiet" translate="no">
        {name}
      </span>
    )),
  ]
  return (
    <span class="badges">
      {badges.filter(Boolean).map((badge) => (
        <>{badge} </>
      ))}
    </span>
  )
}
