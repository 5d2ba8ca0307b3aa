// What is done for an account while it is deleted, one request each: what comes before it, and the request. The flows of second
// factors and passkeys are those of tests/support/flows.
import { minutes } from '../../../src/time.ts'
import { linkTo } from '../../support/emails.ts'
import type { Flow } from '../../support/flows/flow.ts'
import { sites } from '../../support/flows.ts'
import type { TestApp } from '../../support/make-app.ts'
import { begin, elsewhere, newPassword, type Scene, type Send, sceneOf } from './scene.ts'

/** Everything that writes, or reads, for an account: what comes before it, and the one request. */
export const rows: Record<string, (scene: Scene) => Promise<Send>> = {
  async 'a further verification email'(scene) {
    const there = await elsewhere(scene)
    scene.app.clock.pass(minutes(5))
    return () => there.json('POST', '/api/v1/verification', {})
  },
  async verification(scene) {
    const there = await elsewhere(scene)
    await there.open(await linkTo(scene.app, scene.person.email ?? '', 'verify-email'))
    return () => there.form('/verify-email/confirm')
  },
  async 'a log-in'({ app, person }) {
    const there = app.visitor()
    return () => there.json('POST', '/api/v1/login', person)
  },
  async 'a log-in with a wrong password'({ app, person }) {
    const there = app.visitor()
    return () => there.json('POST', '/api/v1/login', { ...person, password: 'quiet amber windmill' })
  },
  async 'a log-out'(scene) {
    const there = await elsewhere(scene)
    return () => there.json('POST', '/api/v1/logout', {})
  },
  async 'a log-out in the same browser'({ here }) {
    return () => here.json('POST', '/api/v1/logout', {})
  },
  async 'a forgotten password'({ app, person }) {
    const there = app.visitor()
    return () => there.json('POST', '/api/v1/forgot-password', { email: person.email })
  },
  async 'a reset'({ app, person }) {
    const there = app.visitor()
    await there.json('POST', '/api/v1/forgot-password', { email: person.email })
    await there.open(await linkTo(app, person.email ?? '', 'reset-password'))
    return () => there.form('/reset-password', { new_password: newPassword })
  },
  async 'a change of password'(scene) {
    const there = await elsewhere(scene)
    const change = { current_password: scene.person.password, new_password: newPassword }
    return () => there.json('POST', '/api/v1/password', change)
  },
  async 'a new password that was demanded'({ app, person, id }) {
    const { passwords, database, clock } = app.services
    await passwords.demandNew(database.db, id, clock.now())
    const there = app.visitor()
    await there.json('POST', '/api/v1/login', person)
    return () => there.json('POST', '/api/v1/password/renew', { new_password: newPassword })
  },
  async 'a confirmation of the password'(scene) {
    const there = await elsewhere(scene)
    return () => there.json('POST', '/api/v1/password/confirm', { current_password: scene.person.password })
  },
  async 'a change of name'(scene) {
    const there = await elsewhere(scene)
    return () => there.json('POST', '/api/v1/profile', { name: 'Grace Hopper' })
  },
  async 'a wish for another address'(scene) {
    const there = await elsewhere(scene)
    return () => there.form('/account/email', { new_email: scene.newEmail })
  },
  async 'a confirmation of another address'(scene) {
    const there = await elsewhere(scene)
    await there.form('/account/email', { new_email: scene.newEmail })
    await there.open(await linkTo(scene.app, scene.newEmail, 'confirm-email'))
    return () => there.form('/confirm-email')
  },
  async 'a change of address that is cancelled'(scene) {
    const there = await elsewhere(scene)
    await there.form('/account/email', { new_email: scene.newEmail })
    return () => there.form('/account/email', { action: 'cancel' })
  },
  async 'a device that is ended'(scene) {
    const there = await elsewhere(scene)
    const { devices } = (await there.json('GET', '/api/v1/devices')).body as { devices?: { id: string }[] }
    return () => there.json('POST', '/api/v1/devices/end', { id: devices?.[1]?.id })
  },
  async 'all other devices that are ended'(scene) {
    const there = await elsewhere(scene)
    return () => there.json('POST', '/api/v1/devices/end-others', {})
  },
  async 'an export'(scene) {
    const there = await elsewhere(scene)
    return () => there.json('GET', '/api/v1/export')
  },
  async 'another deletion'(scene) {
    const there = await elsewhere(scene)
    return () => there.json('POST', '/api/v1/delete', { current_password: scene.person.password })
  },
}

/** What is done, and the person whose account is deleted meanwhile. */
export type Way = (app: TestApp) => Promise<{ scene: Scene; send: Send }>

const byName = <From, To>(all: Record<string, From>, make: (one: From, name: string) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(all).map(([name, one]) => [name, make(one, name)]))

export const ofRows = byName(
  rows,
  (prepare): Way =>
    async (app) => {
      const scene = await begin(app)
      return { scene, send: await prepare(scene) }
    },
)

/** Which row above has the statements of a flow. */
export const rowFor: Record<string, string> = {
  login: 'a log-in',
  'login with a wrong password': 'a log-in with a wrong password',
  'login that is rate-limited': 'a log-in with a wrong password',
  logout: 'a log-out',
  'account page': 'an export',
  'account page with a session that has ended': 'an export',
  'email for verification, once more': 'a further verification email',
  verification: 'verification',
  'verification in another browser': 'verification',
  'verification with a wrong password': 'verification',
  'question for a new password': 'a forgotten password',
  'new password by a link': 'a reset',
  'password change': 'a change of password',
  'new password, demanded at a log-in': 'a new password that was demanded',
  'password change with a wrong one': 'a change of password',
  'password, once more': 'a confirmation of the password',
  'password, once more and wrong': 'a confirmation of the password',
  'change of the address, asked for': 'a wish for another address',
  'change of the address, confirmed': 'a confirmation of another address',
  'change of the address, cancelled': 'a change of address that is cancelled',
  'change of the name': 'a change of name',
  'end of a device': 'a device that is ended',
  'end of all other devices': 'all other devices that are ended',
  'end of an account': 'another deletion',
  'end of an account with a wrong password': 'another deletion',
  'end of an account at once': 'another deletion',
}

const notYet = 'there is no account yet'
const anyAddress = 'an email to that address stays its seven days, with an account or without'

/** And why some are in no walk of this kind. */
export const leftOut: Record<string, string> = {
  registration: notYet,
  'registration that stops at the gate': notYet,
  'registration that an email confirms': notYet,
  'start of an account': notYet,
  'registration with an invitation': notYet,
  'registration by a provider': notYet,
  'registration by a provider with an invitation': notYet,
  'registration with an invitation and a short password': notYet,
  'registration with an open invitation': notYet,
  'start of an account by an open invitation': notYet,
  'registration without a password': notYet,
  'start of an account with a passkey': notYet,
  'start of an account in another browser': notYet,
  'start of an account with a wrong password': notYet,
  'question for a new password, of nobody': notYet,
  'login that stops at the gate':
    'nobody gets in to delete it; the log-in that a second factor stops has the same statements',
  'way back to an account': 'it is closed already: a test of its own',
  'way back to an old address': 'the account has another address by then; a change of address has the same statements',
  'an invitation that an account accepts': 'the email of the invitation is nobody’s, and stays its seven days',
  'registration of an address that has an account': anyAddress,
  'an open invitation and an address that has an account': anyAddress,
  'first password': 'the email that started the account is nobody’s, and stays its seven days',
}

/** All other flows, as they are: a new one is walked by itself. */
export const walkedSites = sites.flatMap(({ where, settings, flows }) => {
  const left = Object.entries(flows).filter(([name]) => !(name in rowFor) && !(name in leftOut))
  return left.length > 0 ? [{ where, settings, ways: byName(Object.fromEntries(left), ofFlow) }] : []
})

function ofFlow(flow: Flow, name: string): Way {
  return async (app) => {
    const { browser, person } = await flow.prepare(app)
    const scene = await sceneOf(app, person)
    if (!scene) throw new Error(`nobody has an account in "${name}"`)
    return { scene, send: () => flow.send(browser, person) }
  }
}
