import { paths } from '../../paths.ts'
import { text } from '../../text/en.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { Form } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import { Moment } from '../../web/ui/moment.tsx'

const words = text.devices

/** What one row shows. */
export interface Device {
  id: string
  device: string
  clientAddress: string
  since: number
  lastUsed: number
  isHere: boolean
}

interface Props {
  site: Site
  token: string
  flash: Flash
  devices: Device[]
  now: number
}

export const DevicesPage = ({ site, token, flash, devices, now }: Props) => (
  <Layout site={site} title={words.title} flash={flash} logOutToken={token}>
    <h1>{words.title}</h1>
    <p class="lead">{words.lead}</p>
    {devices.length > 1 ? (
      <Form action={paths.devices} token={token} plain>
        <input type="hidden" name="others" value="yes" />
        <button type="submit" class="button plain small">
          {words.endOthers}
        </button>
      </Form>
    ) : (
      <p>{words.alone}</p>
    )}
    <ul class="devices">
      {devices.map((device) => (
        <Row device={device} token={token} now={now} />
      ))}
    </ul>
    <a class="aside-link" href={paths.account}>
      {text.backToAccount}
    </a>
  </Layout>
)

const Row = ({ device, token, now }: { device: Device; token: string; now: number }) => {
  const name = device.device || text.unknownDevice
  return (
    <li>
      <div>
        <p>
          <b>{name}</b> {device.isHere && <span class="badge">{words.here}</span>}
        </p>
        <small>
          <span dir="ltr">{device.clientAddress || words.unknownPlace}</span> · {words.since}{' '}
          <Moment at={device.since} now={now} /> · {words.lastUsed} <Moment at={device.lastUsed} now={now} />
        </small>
      </div>
      {!device.isHere && device.id && (
        <Form action={paths.devices} token={token} plain>
          <input type="hidden" name="session" value={device.id} />
          <button type="submit" class="button plain small" aria-label={words.endThis(name)}>
            {words.end}
          </button>
        </Form>
      )}
    </li>
  )
}
