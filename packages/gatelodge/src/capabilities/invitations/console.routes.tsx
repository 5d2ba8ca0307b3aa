// Invitations in the console.
import { Hono } from 'hono'
import { stringify } from 'uuid'
import { administratorsGroup } from '../../identity/groups/names.ts'
import { idFrom } from '../../identity/ids.ts'
import { paths } from '../../paths.ts'
import { keepNewCodes, takeNewCodes } from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv } from '../../web/http/context.ts'
import { failure } from '../../web/http/error-pages.tsx'
import { administrator, administratorActing, frameOf, orderOf } from '../../web/session/administrator.ts'
import { InvitationLinkPage, InvitationsPage, NewInvitationPage } from './console.pages.tsx'
import { NewInvitationForm, RevocationForm } from './form.ts'
import { listInvitations } from './list.rules.ts'
import { createInvitation, revokeInvitation } from './make.rules.ts'
import { readInvitation, whyNotMade } from './new.rules.ts'

export const consoleInvitations = new Hono<AppEnv>()

/** Of one page. */
const most = 20

consoleInvitations.get(paths.consoleInvitations, administrator, async (c) => {
  const { services } = c.var
  const before = c.req.query('before')
  const listed = (await listInvitations(services, { before, most })) ?? (await listInvitations(services, { most }))
  const { invitations = [], next } = listed ?? {}
  const props = { frame: await frameOf(c), invitations, next, now: services.clock.now() }
  return page(c, 200, <InvitationsPage {...props} />)
})

consoleInvitations.post(paths.consoleInvitations, administrator, async (c) => {
  const form = readForm(c, RevocationForm)
  const id = form.kind === 'read' ? idFrom(form.input.invitation) : undefined
  if (!id) return failure(c, 'not-found')
  const { kind } = await revokeInvitation(c.get('services'), await orderOf(c), id)
  if (kind === 'no-invitation') return failure(c, 'not-found')
  return seeOther(c, paths.consoleInvitations, { notice: { code: 'invitation-revoked' } })
})

consoleInvitations.get(paths.consoleNewInvitation, administratorActing, async (c) => {
  const { groups, settings } = c.get('services')
  const those = (await groups.list()).map(({ name }) => name).filter((name) => name !== administratorsGroup)
  const props = { frame: await frameOf(c), groups: those, usualLife: settings.invitationLife }
  return page(c, 200, <NewInvitationPage {...props} />)
})

consoleInvitations.post(paths.consoleNewInvitation, administrator, async (c) => {
  const path = paths.consoleNewInvitation
  const form = readForm(c, NewInvitationForm)
  if (form.kind === 'refused') return refuse(c, { path, problems: form.problems, values: {} })
  const read = readInvitation(form.input)
  if (read.kind === 'refused') return refuse(c, { path, problems: read.problems, values: form.input })
  const outcome = await createInvitation(c.get('services'), await orderOf(c), read.input)
  if (outcome.kind !== 'done') return refuse(c, { path, problems: [whyNotMade(outcome)], values: form.input })
  const { invitation, address } = outcome
  if (!address) return seeOther(c, paths.consoleInvitations, { notice: { code: 'invitation-sent' } })
  keepNewCodes(c, invitation.id, [address])
  return seeOther(c, `${paths.consoleInvitations}/${stringify(invitation.id)}/link`)
})

consoleInvitations.get(`${paths.consoleInvitations}/:id/link`, administrator, async (c) => {
  const id = idFrom(c.req.param('id'))
  const [address] = (id && takeNewCodes(c, id)) ?? []
  if (!address) return seeOther(c, paths.consoleInvitations)
  return page(c, 200, <InvitationLinkPage frame={await frameOf(c)} address={address} />)
})
