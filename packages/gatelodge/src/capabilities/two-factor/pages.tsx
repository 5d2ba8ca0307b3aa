import { paths } from '../../paths.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { CancelLogin } from '../../web/ui/cancel-login.tsx'
import { Checkbox, CodeField, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import { Moment } from '../../web/ui/moment.tsx'
import { QrCode } from './qr.pages.tsx'

interface Props {
  site: Site
  token: string
  flash: Flash
}

interface StepProps extends Props {
  /** Which of the two is asked. */
  by: 'app' | 'recovery-code'
  /** The other one can be used as well. */
  hasOther: boolean
  trustedDays: number
}

/** The address of the same page for a recovery code. */
export const byRecoveryCode = `${paths.twoFactor}?by=recovery-code`

export const TwoFactorPage = ({ site, token, flash, by, hasOther, trustedDays }: StepProps) => {
  const words = site.text.twoFactor
  const isApp = by === 'app'
  const problems = flash.form?.problems ?? []
  const title = isApp ? words.title : words.recoveryTitle
  return (
    <Layout site={site} title={title} flash={flash}>
      <h1>{title}</h1>
      <p class="lead">{isApp ? words.lead : words.recoveryLead}</p>
      <Form action={paths.twoFactor} token={token}>
        {isApp ? (
          <CodeField site={site} name="code" hint={words.hint} problems={problems} autofocus />
        ) : (
          <CodeField site={site} name="recovery_code" hint={words.recoveryHint} problems={problems} autofocus />
        )}
        <Checkbox site={site} name="trust" hint={words.trustHint({ days: trustedDays })} checked={false} />
        <Submit>{words.button}</Submit>
        <CancelLogin site={site} />
      </Form>
      {hasOther && (
        <a class="aside-link" href={isApp ? byRecoveryCode : paths.twoFactor}>
          {isApp ? words.useRecoveryCode : words.useApp}
        </a>
      )}
      <p class="hint">{words.help}</p>
    </Layout>
  )
}

interface Shown {
  /** In groups of four. */
  key: string
  uri: string
  setup: string
}

interface SetUpProps extends Props {
  shown: Shown
  returnTo?: string | undefined
  /** Within a log-in, which needs it to go on. */
  isStep?: boolean
}

/** Scan, or type the key, then enter a code: off until a code was right. */
export const SetUpPage = ({ site, token, flash, shown, returnTo, isStep = false }: SetUpProps) => {
  const words = site.text.twoFactorSettings
  return (
    <Layout site={site} title={words.title} flash={flash} {...(isStep ? {} : { logOutToken: token })}>
      <h1>{words.title}</h1>
      <p class="lead">{isStep ? words.demanded : words.lead}</p>
      <h2>{words.scan}</h2>
      <QrCode data={shown.uri} label={words.qr} />
      <p>
        <a href={shown.uri}>{words.orOpen}</a>
      </p>
      <p>{words.orType}</p>
      <p class="code" dir="ltr">
        {shown.key}
      </p>
      <h2>{words.enter}</h2>
      <Form action={isStep ? paths.twoFactorSetUp : paths.twoFactorSettings} token={token} returnTo={returnTo}>
        <input type="hidden" name="setup" value={shown.setup} />
        <CodeField site={site} name="code" problems={flash.form?.problems ?? []} />
        <Submit>{isStep ? words.finish : words.button}</Submit>
        {isStep && <CancelLogin site={site} />}
      </Form>
      {!isStep && <BackToAccount site={site} />}
    </Layout>
  )
}

/** Nothing can be set up: why, and what to do. */
export const BarredPage = ({ site, token, flash, why }: Props & { why: 'off' | 'unverified' }) => {
  const words = site.text.twoFactorSettings
  return (
    <Layout site={site} title={words.title} flash={flash} logOutToken={token}>
      <h1>{words.title}</h1>
      <p class="lead">{why === 'off' ? words.off : words.notVerified}</p>
      {why === 'unverified' && (
        <a class="button" href={paths.verifyEmail}>
          {site.text.account.verify}
        </a>
      )}
      <BackToAccount site={site} />
    </Layout>
  )
}

interface OnProps extends Props {
  createdAt: number
  lastUsedAt: number | null
  left: number
  all: number
  now: number
}

export const TwoFactorOnPage = ({ site, token, flash, createdAt, lastUsedAt, left, all, now }: OnProps) => {
  const words = site.text.twoFactorSettings
  return (
    <Layout site={site} title={words.title} flash={flash} logOutToken={token}>
      <h1>{words.title}</h1>
      <p class="lead">{words.on}</p>
      <dl class="facts">
        <div>
          <dt>{words.app}</dt>
          <dd>
            <span>
              {words.since} <Moment site={site} at={createdAt} now={now} />
              {' · '}
              {lastUsedAt === null ? (
                words.neverUsed
              ) : (
                <>
                  {words.lastUsed} <Moment site={site} at={lastUsedAt} now={now} />
                </>
              )}
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
      <h2>{words.removeTitle}</h2>
      <p>{words.removeLead}</p>
      <Form action={paths.twoFactorSettings} token={token}>
        <input type="hidden" name="remove" value="yes" />
        <button type="submit" class="button plain">
          {words.remove}
        </button>
      </Form>
      <BackToAccount site={site} />
    </Layout>
  )
}

interface CodesProps extends Props {
  /** Just made: shown this once. */
  codes: string[]
  returnTo: string | undefined
}

export const NewCodesPage = ({ site, token, flash, codes, returnTo }: CodesProps) => {
  const words = site.text.recoveryCodes
  return (
    <Layout site={site} title={words.title} flash={flash} logOutToken={token}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <p>
        <b>{words.once}</b>
      </p>
      <ul class="codes" dir="ltr" data-copy={words.copy} data-copied={words.copied}>
        {codes.map((code) => (
          <li>{code}</li>
        ))}
      </ul>
      <Form action={paths.recoveryCodes} token={token}>
        <input type="hidden" name="codes" value={codes.join(' ')} />
        <button type="submit" class="button plain">
          {words.download}
        </button>
      </Form>
      <Form action={paths.recoveryCodes} token={token} returnTo={returnTo}>
        <input type="hidden" name="saved" value="yes" />
        <Submit>{words.saved}</Submit>
      </Form>
    </Layout>
  )
}

export const CodesLeftPage = ({
  site,
  token,
  flash,
  left,
  all,
  isFew,
}: Props & { left: number; all: number; isFew: boolean }) => {
  const words = site.text.recoveryCodes
  return (
    <Layout site={site} title={words.title} flash={flash} logOutToken={token}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <p>{words.left({ left, all })}</p>
      {isFew && <p class="flash warn">{words.few}</p>}
      <p>{words.renewLead}</p>
      <Form action={paths.recoveryCodes} token={token}>
        <Submit>{words.renew}</Submit>
      </Form>
      <a class="aside-link" href={paths.twoFactorSettings}>
        {site.text.twoFactorSettings.title}
      </a>
    </Layout>
  )
}

const BackToAccount = ({ site }: { site: Site }) => (
  <a class="aside-link" href={paths.account}>
    {site.text.backToAccount}
  </a>
)
