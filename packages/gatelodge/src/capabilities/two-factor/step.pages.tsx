// The step of a log-in: a code of the app, or a recovery code.
import { paths } from '../../paths.ts'
import { CancelLogin } from '../../web/ui/cancel-login.tsx'
import { Checkbox, CodeField, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import type { Props } from './pages.tsx'

interface StepProps extends Props {
  /** Which of the two is asked. */
  by: 'app' | 'recovery-code'
  /** The other one can be used as well. */
  hasOther: boolean
  /** undefined: this account trusts no device. */
  trustedDays: number | undefined
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
        {trustedDays && (
          <Checkbox site={site} name="trust" hint={words.trustHint({ days: trustedDays })} checked={false} />
        )}
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
