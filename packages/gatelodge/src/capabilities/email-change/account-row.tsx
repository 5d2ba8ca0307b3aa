import { paths } from '../../paths.ts'
import type { Site } from '../../web/site/site.ts'
import { type AccountPageRow, Fact } from '../../web/ui/account-row.tsx'

export const accountRow: AccountPageRow = {
  place: 20,
  section: 'profile',
  says: ({ site, account }) => (
    <div>
      <span dir="ltr">{account.email}</span> <Verification site={site} isVerified={account.verifiedAt !== null} />
      <Pending site={site} email={account.pendingEmail} />
    </div>
  ),
  row: ({ text }, says) => (
    <Fact
      name={text.account.email}
      way={{ path: paths.changeEmail, label: text.account.changeEmail, words: text.account.change }}
    >
      {says}
    </Fact>
  ),
}

/** Where the site sends no emails, nobody can show that they read them, and nothing is said of it. */
const Verification = ({ site, isVerified }: { site: Site; isVerified: boolean }) => {
  if (isVerified) return <span class="badge">{site.text.account.verified}</span>
  if (site.emails === 'none') return null
  return (
    <>
      <span class="badge warn">{site.text.account.notVerified}</span>{' '}
      <p class="way-on">
        <a href={paths.verifyEmail}>{site.text.account.verify}</a>
      </p>
    </>
  )
}

/** A new address that waits for its confirmation. */
const Pending = ({ site, email }: { site: Site; email: string | null }) =>
  email ? (
    <p class="way-on">
      <a href={paths.changeEmail}>{site.text.account.pending({ email })}</a>
    </p>
  ) : null
