// How the owner of an account logs in: password, second factor, passkeys, providers.
import type { Site } from '../../web/site/site.ts'
import { Fact } from '../../web/ui/account-row.tsx'
import { Moment } from '../../web/ui/moment.tsx'
import { Parts } from '../../web/ui/parts.tsx'
import type { OneAccount } from './accounts.rules.ts'
import { accountPath } from './lists.pages.tsx'

export const WaysIn = ({ site, one, now }: { site: Site; one: OneAccount; now: number }) => {
  const { account, app, passkeys, connections, recoveryCodesLeft } = one
  const { console: words, account: own } = site.text
  return (
    <dl class="facts">
      <Fact name={own.password}>
        {account.passwordChangedAt === null ? (
          <span>{own.passwordNone}</span>
        ) : (
          <Parts
            of={[
              <>
                {own.passwordChanged} <Moment site={site} at={account.passwordChangedAt} now={now} />
              </>,
              account.passwordDemandedAt !== null && words.account.newPasswordRequired,
            ]}
          />
        )}
      </Fact>
      <Fact name={own.twoFactor}>
        {app ? (
          <Parts
            of={[
              <>
                {words.account.appSince} <Moment site={site} at={app.createdAt} now={now} />
              </>,
              words.account.codesLeft({ left: recoveryCodesLeft }),
            ]}
          />
        ) : (
          <span>{own.twoFactorOff}</span>
        )}
      </Fact>
      <Fact name={site.text.passkeys.title}>
        <span>
          {passkeys.length === 0
            ? words.account.noPasskeys
            : passkeys.map((key) => (
                <Parts
                  of={[
                    <bdi translate="no">{key.name}</bdi>,
                    <>
                      {site.text.passkeys.made} <Moment site={site} at={key.createdAt} now={now} />
                    </>,
                  ]}
                />
              ))}
        </span>
      </Fact>
      {connections.length > 0 && (
        <Fact name={site.text.connections.title}>
          <span>
            {connections.map(({ id, provider, email, createdAt }) => (
              <Parts
                of={[
                  <bdi translate="no">{email === null ? provider : `${provider} ${email}`}</bdi>,
                  <>
                    {site.text.connections.connected} <Moment site={site} at={createdAt} now={now} />
                  </>,
                  <a
                    href={`${accountPath(account.id)}/remove-connection?connection=${id}`}
                    aria-label={site.text.connections.disconnectThis({ provider, email: email ?? '' })}
                  >
                    {words.acts['remove-connection'].link}
                  </a>,
                ]}
              />
            ))}
          </span>
        </Fact>
      )}
    </dl>
  )
}
