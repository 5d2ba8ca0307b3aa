// The ways in that the matrix walks: how someone gets to the point where one request is their proof, and that request.

import { createInvitation } from '../../src/capabilities/invitations/make.rules.ts'
import type { Settings } from '../../src/config/schema.ts'
import { createTestLogin } from '../../src/embed/test-login.ts'
import { Authenticator } from '../support/authenticator.ts'
import { emailsOf } from '../support/flows/links.ts'
import type { TestApp } from '../support/make-app.ts'
import { verify } from '../support/second-factor.ts'
import { type Fields, someone } from '../support/visitor.ts'
import { Client, type Kind, type Reply } from './client.ts'
import { connect, proveByProvider } from './provider.ts'
import { steps } from './steps.ts'

export interface Way {
  kinds: Kind[]
  registration: Settings['registration']
  /** Steps that it passes by itself. */
  settles: string[]
  /** Where this step is due, that one is as well: the account is new. */
  implies?: [string, string]
  /** @returns who logs in, and their proof. */
  prepare(app: TestApp): Promise<{ person: Fields; prove(client: Client): Promise<Reply> }>
}

/** Registered in a browser that nothing more comes from. */
export async function registered(app: TestApp): Promise<Fields> {
  const person = someone()
  await new Client(app, 'cookie').begin('/register', { ...person })
  return person
}

async function tokenFor(app: TestApp, person: Fields, kind: 'verify-email' | 'start-account') {
  const email = (await emailsOf(app, person, kind)).at(-1)
  if (!email?.link) throw new Error(`no email "${kind}" was written to ${person.email}`)
  return email.link.token
}

const both: Kind[] = ['cookie', 'bearer']
const instant = { kinds: both, registration: 'instant' as const, settles: [] }

/** By name. A way in that has no entry here fails the matrix. */
export const ways: Record<string, Way> = {
  password: {
    ...instant,
    async prepare(app) {
      const person = await registered(app)
      const { email, password } = person
      return { person, prove: (client) => client.begin('/login', { email, password }) }
    },
  },
  registration: {
    ...instant,
    settles: ['second factor', 'new password'],
    implies: ['second factor set up', 'verified address'],
    async prepare() {
      const person = someone()
      return { person, prove: (client) => client.begin('/register', person) }
    },
  },
  'registration of a known address': {
    ...instant,
    async prepare(app) {
      const person = await registered(app)
      return { person, prove: (client) => client.begin('/register', { ...person, name: 'Another name' }) }
    },
  },
  'start of an account': {
    kinds: both,
    registration: 'confirm-first',
    settles: ['verified address', 'second factor', 'new password'],
    async prepare(app) {
      const person = await registered(app)
      const token = await tokenFor(app, person, 'start-account')
      const { password } = person
      return { person, prove: (client) => client.begin('/register/start', { token, password }) }
    },
  },
  // With a key that checks nobody, so that every step is due.
  'start of an account with a passkey': {
    kinds: both,
    registration: 'instant',
    settles: ['verified address', 'second factor', 'new password'],
    async prepare(app) {
      const { name, email, ...person } = someone()
      await new Client(app, 'cookie').begin('/register/passkey', { name, email })
      const token = await tokenFor(app, { email: email ?? '' }, 'start-account')
      const key = new Authenticator(app.services.settings.baseUrl, { isVerified: false })
      return {
        person: { ...person, name: name ?? '', email: email ?? '' },
        async prove(client) {
          await client.post('/register/start/options', { token })
          const { options } = client.told as unknown as { options: object }
          return client.begin('/register/start', { token, answer: key.make(options) })
        },
      }
    },
  },
  'verification link': {
    ...instant,
    settles: ['verified address', 'second factor'],
    async prepare(app) {
      const person = await registered(app)
      const token = await tokenFor(app, person, 'verify-email')
      const { password } = person
      return { person, prove: (client) => client.begin('/verification/confirm', { token, password }) }
    },
  },
  // By email, so that the address is verified by it.
  invitation: {
    ...instant,
    settles: ['verified address', 'second factor', 'new password'],
    async prepare(app) {
      const { email = '', ...person } = someone()
      const token = await invited(app, email)
      return {
        person: { ...person, email },
        prove: (client) => client.begin('/invitation/register', { ...person, token }),
      }
    },
  },
  // Of a key that checks nobody: one factor, so that every step is due. Nobody has one before the address is verified.
  passkey: {
    ...instant,
    settles: ['verified address', 'new password'],
    async prepare(app) {
      const person = await registered(app)
      const key = await givePasskey(app, person)
      return { person, prove: (client) => proveByPasskey(client, key) }
    },
  },
  connection: {
    ...instant,
    kinds: ['cookie'],
    settles: ['new password'],
    async prepare(app) {
      const person = await registered(app)
      await connect(app, person)
      return { person, prove: (client) => proveByProvider(client, person) }
    },
  },
  'registration by connection': {
    ...instant,
    kinds: ['cookie'],
    settles: ['second factor', 'new password'],
    implies: ['second factor set up', 'verified address'],
    async prepare() {
      const person = someone()
      return { person, prove: (client) => proveByProvider(client, person) }
    },
  },
  test: {
    ...instant,
    kinds: ['cookie'],
    async prepare(app) {
      const person = await registered(app)
      return { person, prove: (client) => proveByTest(client, person) }
    },
  },
}

async function invited(app: TestApp, email: string): Promise<string> {
  const source = { clientAddress: '', device: { isCommandLine: true as const }, requestId: '' }
  const outcome = await createInvitation(app.services, { actor: 'command', source }, { email, groups: [], uses: 1 })
  const sent = (await emailsOf(app, { email }, 'invitation')).at(-1)
  if (outcome.kind !== 'done' || !sent?.link) throw new Error('nobody was invited')
  return sent.link.token
}

/** As after adding it some time ago. */
async function givePasskey(app: TestApp, person: Fields): Promise<Authenticator> {
  await verify(app, person)
  const { email = '' } = person
  const { accounts, database, passkeys } = app.services
  const account = await accounts.findByAddress(database.db, { given: email, normalised: email })
  if (!account) throw new Error(`there is no account of ${email}`)
  const key = new Authenticator(app.services.settings.baseUrl, { isVerified: false })
  const asking = { ceremony: 'add', by: account.id } as const
  const judged = await passkeys.judgeNew(key.make(passkeys.askForNew(account, asking, [])), asking, account)
  if (judged.kind === 'wrong') throw new Error(judged.reason)
  await database.transact(judged.store, async () => undefined)
  return key
}

async function proveByPasskey(client: Client, key: Authenticator): Promise<Reply> {
  await client.post('/login/passkey/options', {})
  const { options, challenge_token } = client.told as unknown as { options: object; challenge_token: string }
  return client.begin('/login/passkey', { answer: key.use(options), challenge_token })
}

/** A function, not a request: it gives a session, or throws where a step is due. */
async function proveByTest(client: Client, { email = '' }: Fields): Promise<Reply> {
  try {
    const { cookie } = await createTestLogin(client.app.services, steps)({ email })
    for (const pair of cookie.split('; ')) client.visitor.cookies.set(...(pair.split('=', 2) as [string, string]))
    return { status: 200, code: undefined }
  } catch (error) {
    const due = steps.find(({ name }) => String(error).includes(`(${name})`))
    if (!due) throw error
    return { status: 403, code: due.code }
  }
}
