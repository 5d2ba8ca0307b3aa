import { paths, providerPaths, withProof, withReturn } from '../../paths.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { ShownConnection, Site } from '../../web/site/site.ts'
import { ProviderLinks } from '../../web/ui/connection-buttons.tsx'
import { AccountName, CodeField, Field, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import { PasskeyButton } from '../../web/ui/passkey-button.tsx'

interface Props {
  site: Site
  token: string
  flash: Flash
  email: string
  returnTo: string | undefined
  /** What is asked: the password, or a code of the second factor where there is one; or a passkey and nothing else. */
  by: ReauthenticationWay
  /** Beside it, on the same page. */
  hasPasskey: boolean
  /** Providers by which this account can prove it: where it has nothing else. */
  connections: ShownConnection[]
  /** The others that the account has, each on a page of its own. */
  others: Exclude<ReauthenticationWay, 'password'>[]
}

export type ReauthenticationWay = 'password' | 'app' | 'recovery-code' | 'passkey'

interface Words {
  title: string
  lead: string
}

function wordsOf({ site: { text }, by, hasPasskey, connections }: Props): Words {
  const { reauthenticateByProvider: byProvider, twoFactor } = text
  const words: Record<ReauthenticationWay, Words> = {
    password: text.reauthenticate,
    app: { title: twoFactor.title, lead: text.reauthenticateByCode.lead },
    'recovery-code': { title: twoFactor.recoveryTitle, lead: text.reauthenticateByCode.recoveryLead },
    passkey: { title: twoFactor.passkeyTitle, lead: twoFactor.passkeyLead },
  }
  if (connections.length === 0) return words[by]
  return { title: byProvider.title, lead: hasPasskey ? byProvider.leadWithPasskey : byProvider.lead }
}

export const ReauthenticationPage = (props: Props) => {
  const { site, token, flash, email, returnTo, by, hasPasskey, connections, others } = props
  const { title, lead } = wordsOf(props)
  return (
    <Layout site={site} title={title} flash={flash} logOutToken={token}>
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
      <Form action={paths.reauthenticate} token={token} returnTo={returnTo}>
        {(by !== 'passkey' || hasPasskey) && <Asked site={site} email={email} by={by} flash={flash} />}
        {by !== 'passkey' && <Submit>{site.text.reauthenticate.button}</Submit>}
        {hasPasskey && (
          <PasskeyButton
            site={site}
            action={paths.reauthenticate}
            kind="use"
            token={token}
            label={site.text.twoFactor.usePasskey}
          />
        )}
      </Form>
      {connections.length > 0 && (
        <ProviderLinks
          providers={connections}
          to={(name) => withReturn(providerPaths.prove(name), returnTo)}
          words={(provider) => site.text.connections.continueWith({ provider })}
        />
      )}
      {others.map((other) => (
        <OtherWay site={site} by={other} returnTo={returnTo} />
      ))}
      <p>
        <a class="aside-link" href={paths.account}>
          {site.text.backToAccount}
        </a>
      </p>
    </Layout>
  )
}

const Asked = ({ site, email, by, flash }: Pick<Props, 'site' | 'email' | 'by' | 'flash'>) => {
  const problems = flash.form?.problems ?? []
  if (by === 'passkey') return <p data-without-passkeys>{site.text.twoFactor.passkeyNeedsScript}</p>
  if (by !== 'password') {
    const name = by === 'app' ? 'code' : 'recovery_code'
    return <CodeField site={site} name={name} problems={problems} autofocus />
  }
  return (
    <>
      <AccountName site={site} email={email} />
      <Field site={site} name="current_password" type="password" autocomplete="current-password" problems={problems} />
    </>
  )
}

const OtherWay = ({ site, by, returnTo }: Pick<Props, 'site' | 'returnTo'> & { by: Props['others'][number] }) => {
  const path = withReturn(paths.reauthenticate, returnTo)
  const { useApp, useRecoveryCode, usePasskey } = site.text.twoFactor
  return (
    <p>
      <a class="aside-link" href={by === 'app' ? path : withProof(path, by)}>
        {{ app: useApp, 'recovery-code': useRecoveryCode, passkey: usePasskey }[by]}
      </a>
    </p>
  )
}
