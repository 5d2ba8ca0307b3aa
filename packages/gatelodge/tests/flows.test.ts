// Every address that takes a form has a flow, so that no fault walk misses a new one: each flow is walked by all of them.
import { describe, expect, it } from 'vitest'
import { capabilities } from '../src/app.ts'
import { sites } from './support/flows.ts'

/** By the address of its page; the operation of the API asks the same rule. */
const flowOf: Record<string, string> = {
  '/register': 'registration',
  '/register/start': 'start of an account',
  '/login': 'login',
  '/login/passkey': 'log-in with a passkey',
  '/logout': 'logout',
  '/reauthenticate': 'password, once more',
  '/forgot-password': 'question for a new password',
  '/reset-password': 'new password by a link',
  '/verify-email': 'email for verification, once more',
  '/verify-email/confirm': 'verification',
  '/two-factor': 'code of the app',
  '/two-factor/set-up': 'app, set up at a log-in',
  '/new-password': 'new password, demanded at a log-in',
  '/account/two-factor': 'app, set up',
  '/account/recovery-codes': 'recovery codes, made again',
  '/account/passkeys': 'passkey asked for after the password',
  '/account/passkeys/add': 'passkey, added',
  '/account/passkeys/rename': 'passkey, renamed',
  '/account/passkeys/remove': 'passkey, removed',
  '/account/password': 'password change',
  '/account/devices': 'end of a device',
  '/account/profile': 'change of the name',
  '/account/email': 'change of the address, asked for',
  '/confirm-email': 'change of the address, confirmed',
  '/undo-email-change': 'way back to an old address',
  '/account/delete': 'end of an account',
  '/restore-account': 'way back to an account',
  '/login/with/:provider/register': 'registration by a provider',
  '/account/connections': 'connection, removed',
  '/invitation': 'registration with an invitation',
}

/** These have none. */
const withoutFlow: Record<string, string> = {
  '/register/sent': 'asks the rule of a registration by email once more',
  '/login/continue': 'one statement that reads, and the end of a log-in that others have',
  '/login/cancel': 'one statement, which may be lost: the log-in ends by itself',
  '/login/with/:provider/callback': 'only leads on: the GET behind it has flows',
  '/register/passkey': 'asks the rule of a registration by email, without a password',
  '/account/passkeys/offer': 'one statement, which may be lost: the card stays',
  '/become-administrator': 'the link of an operator; its races and faults stand in capabilities/admin',
}

/** A question for a passkey writes nothing. */
const isQuestion = (path: string) => path.endsWith('/options')
/** Acts on other accounts: their faults and races stand in capabilities/admin. */
const isOfAdministrators = (path: string) => path.startsWith('/admin/')

describe('The flows', () => {
  const posts = capabilities.flatMap(({ routes }) =>
    routes.flatMap((one) => one.routes.filter(({ method }) => method === 'POST').map(({ path }) => path)),
  )

  it('are there for each address that takes a form', () => {
    const all = [...new Set(posts)].filter((path) => !isQuestion(path) && !isOfAdministrators(path))
    expect(all.length).toBeGreaterThan(25)
    expect([...Object.keys(flowOf), ...Object.keys(withoutFlow)].sort()).toEqual(all.sort())
    const known = sites.flatMap(({ flows }) => Object.keys(flows))
    expect(known).toEqual(expect.arrayContaining(Object.values(flowOf)))
  })
})
