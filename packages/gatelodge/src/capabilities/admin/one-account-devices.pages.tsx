// Where an account is logged in, and how each of these sessions is ended.
import { deviceName } from '../../text/device-name.ts'
import type { Site } from '../../web/site/site.ts'
import { Moment } from '../../web/ui/moment.tsx'
import { ClientAddress, Parts } from '../../web/ui/parts.tsx'
import type { OneAccount } from './accounts.rules.ts'
import { accountPath } from './lists.pages.tsx'

export const Devices = ({ site, one, now }: { site: Site; one: OneAccount; now: number }) => {
  const { shown, hasMore } = one.devices
  const words = site.text.devices
  if (shown.length === 0) return <p>{site.text.console.account.noDevices}</p>
  return (
    <>
      <ul class="devices">
        {shown.map((device) => {
          const name = deviceName(site.text, device.device)
          return (
            <li>
              <div>
                <p>
                  <b>{name}</b>
                </p>
                <small>
                  <Parts
                    of={[
                      device.clientAddress && <ClientAddress of={device.clientAddress} />,
                      <>
                        {words.since} <Moment site={site} at={device.since} now={now} />
                      </>,
                      <>
                        {words.lastUsed} <Moment site={site} at={device.lastUsed} now={now} />
                      </>,
                    ]}
                  />
                </small>
              </div>
              {device.id && (
                <a
                  class="button plain small"
                  href={`${accountPath(one.account.id)}/end-session?session=${device.id}`}
                  aria-label={words.endThis({ device: name })}
                >
                  {words.end}
                </a>
              )}
            </li>
          )
        })}
      </ul>
      {hasMore && <p class="hint">{site.text.console.account.moreDevices}</p>}
    </>
  )
}
