import { stringify } from 'uuid'
import type { ProviderConnection } from '../../identity/connections/storage.ts'
import { paths, providerPaths } from '../../paths.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { ShownConnection, Site } from '../../web/site/site.ts'
import { ProviderLinks } from '../../web/ui/connection-buttons.tsx'
import { CustomFields } from '../../web/ui/custom-fields.tsx'
import { AccountName, Field, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import { Moment } from '../../web/ui/moment.tsx'
import { Parts } from '../../web/ui/parts.tsx'
import { WithName } from '../../web/ui/with-name.tsx'

interface NewcomerProps {
  site: Site
  flash: Flash
  provider: ShownConnection
  email: string
  /** As the provider gives it. */
  name: string
}

/** Nobody gets an account by accident: it may be another address that theirs stands under. */
export const NewcomerPage = ({ site, flash, provider, email, name }: NewcomerProps) => {
  const words = site.text.connections
  const { values = {}, problems = [] } = flash.form ?? {}
  return (
    <Layout site={site} title={words.newTitle} flash={flash}>
      <h1>{words.newTitle}</h1>
      <p class="lead">
        <WithName words={words.newLead({ provider: provider.label, email, site: site.name })} name={email} />
      </p>
      <Form action={providerPaths.register(provider.name)}>
        <AccountName site={site} email={email} />
        <Field site={site} name="name" autocomplete="name" value={values.name ?? name} problems={problems} />
        <CustomFields site={site} values={values} problems={problems} />
        <Submit>{site.text.registration.button}</Submit>
      </Form>
      <a class="aside-link" href={paths.login}>
        {words.haveAccount}
      </a>
    </Layout>
  )
}

interface ConnectionsProps {
  site: Site
  token: string
  flash: Flash
  now: number
  connections: ProviderConnection[]
}

export const ConnectionsPage = ({ site, token, flash, now, connections }: ConnectionsProps) => {
  const words = site.text.connections
  return (
    <Layout site={site} title={words.title} flash={flash} logOutToken={token}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {connections.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <ul class="devices">
          {connections.map((one) => (
            <Card site={site} connection={one} token={token} now={now} />
          ))}
        </ul>
      )}
      <ProviderLinks
        providers={site.connections}
        to={providerPaths.add}
        words={(provider) => words.connect({ provider })}
      />
      <a class="aside-link" href={paths.account}>
        {site.text.backToAccount}
      </a>
    </Layout>
  )
}

interface CardProps extends Pick<ConnectionsProps, 'site' | 'token' | 'now'> {
  connection: ProviderConnection
}

const Card = ({ site, connection, token, now }: CardProps) => {
  const words = site.text.connections
  const label = site.connections.find(({ name }) => name === connection.provider)?.label ?? connection.provider
  return (
    <li>
      <div>
        <p>
          <b>{label}</b>
          {connection.email && (
            <>
              {' '}
              <bdi translate="no">{connection.email}</bdi>
            </>
          )}
        </p>
        <small>
          <Parts
            of={[
              <>
                {words.connected} <Moment site={site} at={connection.createdAt} now={now} />
              </>,
              connection.lastUsedAt !== null && (
                <>
                  {words.lastUsed} <Moment site={site} at={connection.lastUsedAt} now={now} />
                </>
              ),
            ]}
          />
        </small>
      </div>
      <Form action={paths.connections} token={token} plain>
        <input type="hidden" name="connection" value={stringify(connection.id)} />
        <button
          type="submit"
          class="button plain small"
          aria-label={words.disconnectThis({ provider: label, email: connection.email ?? '' })}
        >
          {words.disconnect}
        </button>
      </Form>
    </li>
  )
}
