import { paths } from '../../paths.ts'
import type { Site } from '../../web/site/site.ts'
import { type AccountPageRow, Fact } from '../../web/ui/account-row.tsx'
import { stencil } from '../../web/ui/stencil.ts'

export const accountRow: AccountPageRow = {
  place: 20,
  section: 'profile',
  says: ({ site, account: { email, verifiedAt, pendingEmail } }) =>
    address(site, {
      email,
      state: stateOf(site, verifiedAt !== null),
      pending:
        pendingEmail === null ? null : pending(site, { sentence: site.text.account.pending({ email: pendingEmail }) }),
    }),
  row: ({ text }, says) => (
    <Fact
      name={text.account.email}
      way={{ path: paths.changeEmail, label: text.account.changeEmail, words: text.account.change }}
    >
      {says}
    </Fact>
  ),
}

const address = stencil(['email', 'state', 'pending'], (_, { email, state, pending }) => (
  <div>
    <span dir="ltr">{email}</span> {state}
    {pending}
  </div>
))

/** Where the site sends no emails, nobody can show that they read them, and nothing is said of it. */
function stateOf(site: Site, isVerified: boolean) {
  if (isVerified) return verified(site, {})
  return site.emails === 'none' ? null : notVerified(site, {})
}

const verified = stencil([], ({ text }) => <span class="badge">{text.account.verified}</span>)

const notVerified = stencil([], ({ text }) => (
  <>
    <span class="badge warn">{text.account.notVerified}</span>{' '}
    <p class="way-on">
      <a href={paths.verifyEmail}>{text.account.verify}</a>
    </p>
  </>
))

/** A new address that waits for its confirmation. */
const pending = stencil(['sentence'], (_, { sentence }) => (
  <p class="way-on">
    <a href={paths.changeEmail}>{sentence}</a>
  </p>
))
