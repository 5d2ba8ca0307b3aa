import { z } from 'zod'
import { done, loggedOut } from '../../api/answers.ts'
import { described } from '../../api/described.ts'
import { operation } from '../../api/operation.ts'
import { moment, nextPage, nothing } from '../../api/shapes.ts'
import { deviceName } from '../../text/device-name.ts'
import { json, problem } from '../../web/http/answer.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { ownerOf, sessionOf } from '../../web/session/guards.ts'
import { endOne, endOthers, endTrust, listDevices as list, listTrusted } from './rules.ts'

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

/** Anyone who found an app open must not log its owner out elsewhere (ASVS V7.5.2). */
export const endDevice = operation({
  id: 'endDevice',
  method: 'POST',
  path: '/devices/end',
  who: 'recently-authenticated',
  body: z.object({ id: z.string() }),
  answers: { 204: null },
  problems: ['not-found'],
  async answer(c, { id }) {
    const owner = await ownerOf(c)
    const outcome = await endOne(c.get('services'), owner, id)
    if (outcome.kind === 'logged-out') return loggedOut(c)
    if (outcome.kind === 'not-found') return problem(c, 'not-found')
    logEvent(c, 'session.ended', { account: owner.account.id })
    return done(c)
  },
})

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

export const endTrustedDevice = operation({
  id: 'endTrustedDevice',
  method: 'POST',
  path: '/devices/end-trust',
  who: 'recently-authenticated',
  body: z.object({ id: z.string() }),
  answers: { 204: null },
  problems: ['not-found'],
  async answer(c, { id }) {
    const owner = await ownerOf(c)
    const outcome = await endTrust(c.get('services'), owner, id)
    if (outcome.kind === 'logged-out') return loggedOut(c)
    if (outcome.kind === 'not-found') return problem(c, 'not-found')
    logEvent(c, 'trusted-device.removed', { account: owner.account.id })
    return done(c)
  },
})
