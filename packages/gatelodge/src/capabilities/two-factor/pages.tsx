// The page of a second factor that is on; and what all pages here have in common.
import { paths } from '../../paths.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { Form } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import { LastUsed, Moment } from '../../web/ui/moment.tsx'
import { Parts } from '../../web/ui/parts.tsx'

/** Of every page here. */
export interface Props {
  site: Site
  token: string
  flash: Flash
}

interface OnProps extends Props {
  createdAt: number
  lastUsedAt: number | null
  left: number
  all: number
  /** So few that new ones should be made. */
  isFew: boolean
  /** A passkey is asked for behind the password as well, so that the codes stay where the app goes. */
  asksPasskey: boolean
  now: number
}

export const TwoFactorOnPage = (props: OnProps) => {
  const { site, token, flash, createdAt, lastUsedAt, left, all, isFew, asksPasskey, now } = props
  const words = site.text.twoFactorSettings
  return (
    <Layout site={site} title={words.title} flash={flash} logOutToken={token} wide>
      <h1>{words.title}</h1>
      <p class="lead">{words.on}</p>
      {isFew && <p class="flash warn">{site.text.recoveryCodes.few}</p>}
      <dl class="facts">
        <div>
          <dt>{words.app}</dt>
          <dd>
            <span>
              <Parts
                of={[
                  <>
                    {words.since} <Moment site={site} at={createdAt} now={now} />
                  </>,
                  <LastUsed site={site} words={words} at={lastUsedAt} now={now} />,
                ]}
              />
            </span>
          </dd>
        </div>
        <div>
          <dt>{words.codes}</dt>
          <dd>
            <span>{words.codesLeft({ left, all })}</span>{' '}
            <a href={paths.recoveryCodes} aria-label={words.seeCodes}>
              {site.text.account.see}
            </a>
          </dd>
        </div>
      </dl>
      <h2>{asksPasskey ? words.removeAppTitle : words.removeTitle}</h2>
      <p>{asksPasskey ? words.removeAppLead : words.removeLead}</p>
      <Form action={paths.twoFactorSettings} token={token}>
        <input type="hidden" name="remove" value="yes" />
        <button type="submit" class="button plain">
          {asksPasskey ? words.removeApp : words.remove}
        </button>
      </Form>
      <BackToAccount site={site} />
    </Layout>
  )
}

export const BackToAccount = ({ site }: { site: Site }) => (
  <a class="aside-link" href={paths.account}>
    {site.text.backToAccount}
  </a>
)
