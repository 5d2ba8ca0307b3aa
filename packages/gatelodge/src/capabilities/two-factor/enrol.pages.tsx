// Setting an app up: by its owner, and as a step of a log-in.
import { paths } from '../../paths.ts'
import { CancelLogin } from '../../web/ui/cancel-login.tsx'
import { CodeField, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import { BackToAccount, type Props } from './pages.tsx'
import { QrCode } from './qr.pages.tsx'

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
  /** A passkey is asked for behind the password already. */
  besidePasskey?: boolean
}

/** Scan, or type the key, then enter a code: off until a code was right. */
export const SetUpPage = ({ site, token, flash, shown, returnTo, isStep = false, besidePasskey }: SetUpProps) => {
  const words = site.text.twoFactorSettings
  return (
    <Layout site={site} title={words.title} flash={flash} {...(isStep ? {} : { logOutToken: token })}>
      <h1>{words.title}</h1>
      <p class="lead">{isStep ? words.demanded : words.lead}</p>
      {besidePasskey && <p>{words.besidePasskey}</p>}
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
      )}{' '}
      <BackToAccount site={site} />
    </Layout>
  )
}
