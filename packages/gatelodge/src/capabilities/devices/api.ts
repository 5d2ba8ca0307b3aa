import { z } from 'zod'
import { done, loggedOut } from '../../api/answers.ts'
import { described } from '../../api/described.ts'
import { type OperationId, operation } from '../../api/operation.ts'
import { moment, nextPage, nothing } from '../../api/shapes.ts'
import type { EventName } from '../../identity/audit/events.ts'
import { deviceName } from '../../text/device-name.ts'
import { json, problem } from '../../web/http/answer.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { ownerOf, sessionOf } from '../../web/session/guards.ts'
import { type DevicesOutcome, endOne, endOthers, endTrust, listDevices as list, listTrusted } from './rules.ts'

const Devices = z.strictObject({
  devices: z.array(
    z.strictObject({
      id: z.string().meta(described('deviceId')),
      device: z.string().meta(described('deviceName')),
      client_address: z.string(),
      since: moment,
      last_used: moment,
      is_here: z.boolean().meta(described('isHere')),
    }),
  ),
  trusted_devices: z
    .array(
      z.strictObject({
        id: z.string().meta(described('trustedDeviceId')),
        ...{ device: z.string(), client_address: z.string(), since: moment, until: moment },
      }),
    )
    .meta(described('trustedDevices')),
  next: nextPage,
})

export const listDevices = operation({
  id: 'listDevices',
  method: 'GET',
  path: '/devices',
  who: 'logged-in',
  body: nothing,
  query: { before: 'pageBefore' },
  answers: { 200: Devices },
  problems: [],
  async answer(c) {
    const session = await sessionOf(c)
    const { devices: all, next } = await list(c.get('services'), session, { before: c.req.query('before') })
    const devices = all.map(({ id, device, clientAddress, since, lastUsed, isHere }) => ({
      ...{ id, device: deviceName(c.get('site').text, device), client_address: clientAddress, is_here: isHere },
      ...{ since: new Date(since).toISOString(), last_used: new Date(lastUsed).toISOString() },
    }))
    const trusted = await listTrusted(c.get('services'), session.account)
    const trusted_devices = trusted.map(({ id, device, clientAddress, since, until }) => ({
      ...{ id, device: deviceName(c.get('site').text, device), client_address: clientAddress },
      ...{ since: new Date(since).toISOString(), until: new Date(until).toISOString() },
    }))
    return json(c, 200, { devices, trusted_devices, next: next ?? null } satisfies z.output<typeof Devices>)
  },
})

/** One of the list is ended, by its id. Anyone who found an app open must not log its owner out elsewhere (ASVS V7.5.2). */
const ending = (
  { id, path, event }: { id: OperationId; path: string; event: EventName },
  end: (...asked: Parameters<typeof endOne>) => Promise<DevicesOutcome>,
) =>
  operation({
    ...{ id, path },
    method: 'POST',
    who: 'recently-authenticated',
    body: z.object({ id: z.string() }),
    answers: { 204: null },
    problems: ['not-found'],
    async answer(c, named) {
      const owner = await ownerOf(c)
      const outcome = await end(c.get('services'), owner, named.id)
      if (outcome.kind === 'logged-out') return loggedOut(c)
      if (outcome.kind === 'not-found') return problem(c, 'not-found')
      logEvent(c, event, { account: owner.account.id })
      return done(c)
    },
  })

export const endDevice = ending({ id: 'endDevice', path: '/devices/end', event: 'session.ended' }, endOne)

export const endOtherDevices = operation({
  id: 'endOtherDevices',
  method: 'POST',
  path: '/devices/end-others',
  who: 'recently-authenticated',
  body: nothing,
  answers: { 204: null },
  problems: [],
  async answer(c) {
    const owner = await ownerOf(c)
    const outcome = await endOthers(c.get('services'), owner)
    if (outcome.kind === 'logged-out') return loggedOut(c)
    logEvent(c, 'sessions.ended', { account: owner.account.id })
    return done(c)
  },
})

export const endTrustedDevice = ending(
  { id: 'endTrustedDevice', path: '/devices/end-trust', event: 'trusted-device.removed' },
  endTrust,
)
