// The step of a log-in: a code of the app, or a recovery code.
import { paths, withProof } from '../../paths.ts'
import type { Site } from '../../web/site/site.ts'
import { CancelLogin } from '../../web/ui/cancel-login.tsx'
import { Checkbox, CodeField, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import { PasskeyButton } from '../../web/ui/passkey-button.tsx'
import type { Props } from './pages.tsx'

interface StepProps extends Props {
  /** Which of them is asked. */
  by: 'app' | 'recovery-code' | 'passkey'
  /** All that can be used. */
  ways: string[]
  /** undefined: this account trusts no device. */
  trustedDays: number | undefined
}

/** The address of the same page for a recovery code. */
export const byRecoveryCode = withProof(paths.twoFactor, 'recovery-code')

export const TwoFactorPage = ({ site, token, flash, by, ways, trustedDays }: StepProps) => {
  const words = site.text.twoFactor
  const problems = flash.form?.problems ?? []
  const title = titleOf(site, by)
  return (
    <Layout site={site} title={title} flash={flash}>
      <h1>{title}</h1>
      <p class="lead">{leadOf(site, by)}</p>
      <Form action={paths.twoFactor} token={token}>
        {by === 'app' && <CodeField site={site} name="code" hint={words.hint} problems={problems} autofocus />}
        {by === 'recovery-code' && (
          <CodeField site={site} name="recovery_code" hint={words.recoveryHint} problems={problems} autofocus />
        )}
        {by === 'passkey' && <p data-without-passkeys>{words.passkeyNeedsScript}</p>}
        {trustedDays && (
          <Checkbox
            site={site}
            name="trust"
            hint={words.trustHint({ days: trustedDays })}
            checked={Boolean(flash.form?.values.trust)}
          />
        )}
        {by !== 'passkey' && <Submit>{words.button}</Submit>}
        {ways.includes('passkey') && (
          <PasskeyButton site={site} action={paths.twoFactor} kind="use" token={token} label={words.usePasskey} />
        )}
        <CancelLogin site={site} />
      </Form>
      {by !== 'app' && ways.includes('app') && (
        <a class="aside-link" href={paths.twoFactor}>
          {words.useApp}
        </a>
      )}
      {by !== 'recovery-code' && ways.includes('recovery-code') && (
        <a class="aside-link" href={byRecoveryCode}>
          {words.useRecoveryCode}
        </a>
      )}
      {by === 'recovery-code' && !ways.includes('app') && ways.includes('passkey') && (
        <a class="aside-link" href={paths.twoFactor}>
          {words.usePasskey}
        </a>
      )}
      <p class="hint">{words.help}</p>
    </Layout>
  )
}

const titleOf = ({ text: { twoFactor } }: Site, by: StepProps['by']): string =>
  ({ app: twoFactor.title, 'recovery-code': twoFactor.recoveryTitle, passkey: twoFactor.passkeyTitle })[by]

const leadOf = ({ text: { twoFactor } }: Site, by: StepProps['by']): string =>
  ({ app: twoFactor.lead, 'recovery-code': twoFactor.recoveryLead, passkey: twoFactor.passkeyLead })[by]
