// Where an account is logged in, and how each of these sessions is ended.
import { deviceName } from '../../text/device-name.ts'
import type { Site } from '../../web/site/site.ts'
import { Moment } from '../../web/ui/moment.tsx'
import type { OneAccount } from './accounts.rules.ts'
import { accountPath, ClientAddress } from './lists.pages.tsx'

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
                  <ClientAddress address={device.clientAddress} />
                  <span class="part">
                    {words.since} <Moment site={site} at={device.since} now={now} /> ·
                  </span>{' '}
                  <span class="part">
                    {words.lastUsed} <Moment site={site} at={device.lastUsed} now={now} />
                  </span>
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
