import { paths } from '../../paths.ts'
import { type DeviceDescription, deviceName } from '../../text/device-name.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { Form } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import { Moment } from '../../web/ui/moment.tsx'
import { Paging } from '../../web/ui/paging.tsx'
import { ClientAddress, Parts } from '../../web/ui/parts.tsx'

/** What one row shows. */
export interface ShownDevice {
  id: string
  device: DeviceDescription
  clientAddress: string
  since: number
  lastUsed: number
  isHere: boolean
}

/** Where the second factor is not asked. */
export interface Trusted {
  id: string
  device: DeviceDescription
  clientAddress: string
  since: number
  until: number
}

interface Props {
  site: Site
  token: string
  flash: Flash
  devices: ShownDevice[]
  previous: string | undefined
  next: string | undefined
  trusted: Trusted[]
  now: number
}

export const DevicesPage = ({ site, token, flash, devices, previous, next, trusted, now }: Props) => (
  <Layout site={site} title={site.text.devices.title} flash={flash} logOutToken={token} wide>
    <h1>{site.text.devices.title}</h1>
    <p class="lead">{site.text.devices.lead}</p>
    {devices.length > 1 || previous !== undefined ? (
      <Form action={paths.devices} token={token} plain>
        <input type="hidden" name="others" value="yes" />
        <button type="submit" class="button plain small">
          {site.text.devices.endOthers}
        </button>
      </Form>
    ) : (
      <p>{site.text.devices.alone}</p>
    )}
    <ul class="devices">
      {devices.map((device) => (
        <Row site={site} device={device} token={token} now={now} />
      ))}
    </ul>
    <Paging site={site} path={paths.devices} previous={previous} next={next} />
    {trusted.length > 0 && <TrustedDevices site={site} trusted={trusted} token={token} now={now} />}
    <a class="aside-link" href={paths.account}>
      {site.text.backToAccount}
    </a>
  </Layout>
)

const Row = ({ site, device, token, now }: Pick<Props, 'site' | 'token' | 'now'> & { device: ShownDevice }) => {
  const name = deviceName(site.text, device.device)
  return (
    <li>
      <div>
        <p>
          <b>{name}</b> {device.isHere && <span class="badge">{site.text.devices.here}</span>}
        </p>
        <small>
          <Parts
            of={[
              <Place site={site} clientAddress={device.clientAddress} />,
              <>
                {site.text.devices.since} <Moment site={site} at={device.since} now={now} />
              </>,
              <>
                {site.text.devices.lastUsed} <Moment site={site} at={device.lastUsed} now={now} />
              </>,
            ]}
          />
        </small>
      </div>
      {!device.isHere && device.id && (
        <Form action={paths.devices} token={token} plain>
          <input type="hidden" name="session" value={device.id} />
          <button type="submit" class="button plain small" aria-label={site.text.devices.endThis({ device: name })}>
            {site.text.devices.end}
          </button>
        </Form>
      )}
    </li>
  )
}

const Place = ({ site, clientAddress }: Pick<Props, 'site'> & { clientAddress: string }) =>
  clientAddress ? <ClientAddress of={clientAddress} /> : <>{site.text.devices.unknownPlace}</>

const TrustedDevices = ({ site, trusted, token, now }: Pick<Props, 'site' | 'trusted' | 'token' | 'now'>) => (
  <>
    <h2>{site.text.trustedDevices.title}</h2>
    <p>{site.text.trustedDevices.lead}</p>
    <ul class="devices">
      {trusted.map((one) => (
        <TrustedRow site={site} one={one} token={token} now={now} />
      ))}
    </ul>
  </>
)

const TrustedRow = ({ site, one, token, now }: Pick<Props, 'site' | 'token' | 'now'> & { one: Trusted }) => {
  const words = site.text.trustedDevices
  const name = deviceName(site.text, one.device)
  return (
    <li>
      <div>
        <p>
          <b>{name}</b>
        </p>
        <small>
          <Parts
            of={[
              <Place site={site} clientAddress={one.clientAddress} />,
              <>
                {words.since} <Moment site={site} at={one.since} now={now} />
              </>,
              words.until({ moment: site.text.formats.moment(one.until) }),
            ]}
          />
        </small>
      </div>
      <Form action={paths.devices} token={token} plain>
        <input type="hidden" name="trusted" value={one.id} />
        <button type="submit" class="button plain small" aria-label={words.removeThis({ device: name })}>
          {words.remove}
        </button>
      </Form>
    </li>
  )
}
