// Who an account belongs to, and whether it may be entered.
import { stringify } from 'uuid'
import type { Site } from '../../web/site/site.ts'
import { Fact } from '../../web/ui/account-row.tsx'
import { Moment } from '../../web/ui/moment.tsx'
import { Parts } from '../../web/ui/parts.tsx'
import type { OneAccount } from './accounts.rules.ts'

export const Profile = ({ site, one, now }: { site: Site; one: OneAccount; now: number }) => {
  const { account, state } = one
  const { console: words, account: own } = site.text
  return (
    <dl class="facts">
      <Fact name={words.account.state}>
        <Parts
          of={[
            words.accounts.states[state],
            account.deletesAt !== null &&
              account.deletesAt > 0 &&
              words.account.dataDeletedAt({ moment: exactly(site, account.deletesAt) }),
          ]}
        />
      </Fact>
      <Fact name={own.email}>
        <span>
          <bdi translate="no">{account.email}</bdi>{' '}
          {account.verifiedAt === null ? (
            <span class="badge warn">{own.notVerified}</span>
          ) : (
            <span class="badge">{own.verified}</span>
          )}
          {account.pendingEmail !== null && <p class="way-on">{own.pending({ email: account.pendingEmail })}</p>}
        </span>
      </Fact>
      <Fact name={own.member}>
        <span>
          <Moment site={site} at={account.createdAt} now={now} />
        </span>
      </Fact>
      <Fact name={own.groups}>
        <span translate="no">{account.groups.join(', ') || '–'}</span>
      </Fact>
      {site.fields
        .filter(({ name }) => account.fields[name] !== undefined)
        .map(({ name, label }) => (
          <Fact name={label}>
            <span>{fieldValue(site, account.fields[name])}</span>
          </Fact>
        ))}
      <Fact name={words.account.id}>
        <span class="code" translate="no">
          {stringify(account.id)}
        </span>
      </Fact>
    </dl>
  )
}

function fieldValue({ text }: Site, value: string | boolean | undefined): string {
  if (typeof value === 'string') return value
  return value ? text.yes : text.no
}

const exactly = ({ text }: Site, at: number) => text.moments.utc({ moment: text.formats.moment(at) })
