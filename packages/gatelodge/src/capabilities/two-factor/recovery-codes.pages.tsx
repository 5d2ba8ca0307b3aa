// Recovery codes: shown once, and afterwards how many are left.
import { paths } from '../../paths.ts'
import { Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import type { Props } from './pages.tsx'

interface CodesProps extends Props {
  /** Just made: shown this once. */
  codes: string[]
  returnTo: string | undefined
}

export const NewCodesPage = ({ site, token, flash, codes, returnTo }: CodesProps) => {
  const words = site.text.recoveryCodes
  return (
    <Layout site={site} title={words.title} flash={flash} logOutToken={token} wide>
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
      <Form action={paths.recoveryCodes} token={token} file>
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

interface LeftProps extends Props {
  left: number
  all: number
  isFew: boolean
  /** Or a passkey alone, which is asked for behind the password. */
  hasApp: boolean
}

export const CodesLeftPage = ({ site, token, flash, left, all, isFew, hasApp }: LeftProps) => {
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
      <a class="aside-link" href={hasApp ? paths.twoFactorSettings : paths.passkeys}>
        {hasApp ? site.text.twoFactorSettings.title : site.text.passkeys.title}
      </a>
    </Layout>
  )
}
