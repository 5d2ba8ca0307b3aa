// Anyone who logs in, asks for a new password, for another address or (where emails decide) for an account learns nothing of
// which addresses have accounts: not from the words, not from how much there is to read, and not from how much work it was.
// How long the work takes is measured by `npm run timing`.
import { beforeEach, expect, it, vi } from 'vitest'
import { createInvitation } from '../../../src/capabilities/invitations/make.rules.ts'
import { hours, minutes } from '../../../src/time.ts'
import { type TestApp, useApp } from '../../support/make-app.ts'
import type { Fields, Visitor } from '../../support/visitor.ts'
import { onWalkedDatabases, sampled } from '../../support/walk.ts'
import { disable, giveFactors, type Has, leave, seenOf, useSpiedApp } from './seen.ts'
import { startAgain } from './work.ts'

vi.mock('@node-rs/argon2', async (original) => {
  const { noting } = await import('./work.ts')
  return noting(await original<typeof import('@node-rs/argon2')>())
})
beforeEach(() => void startAgain())

const right = 'violet tram lamp'
const wrong = 'quiet amber windmill'.slice(0, right.length)

/** Who asks, and with what. All addresses are of one length. */
type Guess = {
  title: string
  account: 'none' | 'enabled' | 'disabled'
  /** Beside the password. */
  has?: Has
  password: string
  address(number: string): string
}
const guesses: [Guess, ...Guess[]] = [
  {
    title: 'a wrong password',
    account: 'enabled',
    password: wrong,
    address: (number) => `known-${number}@example.org`,
  },
  { title: 'an unknown address', account: 'none', password: wrong, address: (number) => `nobod-${number}@example.org` },
  { title: 'no address at all', account: 'none', password: wrong, address: (number) => `nobod-${number}.example.org` },
  {
    title: 'a disabled account',
    account: 'disabled',
    password: wrong,
    address: (number) => `disab-${number}@example.org`,
  },
  {
    title: 'its right password',
    account: 'disabled',
    password: right,
    address: (number) => `right-${number}@example.org`,
  },
  {
    title: 'an account with a second factor',
    account: 'enabled',
    has: 'an app',
    password: wrong,
    address: (number) => `facto-${number}@example.org`,
  },
  {
    title: 'an account with a passkey',
    account: 'enabled',
    has: 'a passkey',
    password: wrong,
    address: (number) => `passk-${number}@example.org`,
  },
  {
    title: 'an account with an app and a passkey',
    account: 'enabled',
    has: 'both',
    password: wrong,
    address: (number) => `bothf-${number}@example.org`,
  },
  {
    title: 'the right password of a disabled account with a second factor',
    account: 'disabled',
    has: 'an app',
    password: right,
    address: (number) => `facdi-${number}@example.org`,
  },
  {
    title: 'an account with a passkey alone',
    account: 'enabled',
    has: 'a passkey alone',
    password: right,
    address: (number) => `pkalo-${number}@example.org`,
  },
  {
    title: 'an account with a provider alone',
    account: 'enabled',
    has: 'a provider alone',
    password: right,
    address: (number) => `pralo-${number}@example.org`,
  },
  {
    title: 'an account of which a new password is demanded',
    account: 'enabled',
    has: 'a demanded password',
    password: wrong,
    address: (number) => `deman-${number}@example.org`,
  },
]

const ways = { form: sendForm, JSON: sendJson }
const devices = ["with someone else's device cookie", 'without a device cookie'] as const
const states = ['tried for the first time', 'tried before', 'rate-limited'] as const

const cases = Object.keys(ways).flatMap((way) =>
  devices.flatMap((device) => states.map((state) => ({ way: way as keyof typeof ways, device, state }))),
)

let next = 10

onWalkedDatabases('Enumeration', (database) => {
  const app = useSpiedApp(database)

  it.each(cases)('V6.3.8 log-in by $way, $device, $state: all the same', async ({ way, device, state }) => {
    const [first, ...others] = guesses
    const expected = await watch(app(), first, { send: ways[way], device, state })
    for (const other of others) {
      const seen = await watch(app(), other, { send: ways[way], device, state })
      expect({ ...seen, title: other.title }).toEqual({ ...expected, title: other.title })
    }
    expect(expected.hashes).toHaveLength(state === 'rate-limited' ? 0 : 1)
    expect(expected.statements.length).toBeGreaterThan(state === 'rate-limited' ? 1 : 5)
  })
})

type Send = (browser: Visitor, person: Fields) => Promise<Response[]>

/** One guess, everything that it cost, and everything that came back. */
async function watch(
  app: TestApp,
  { account, has, password, address }: Guess,
  { send, device, state }: { send: Send; device: (typeof devices)[number]; state: (typeof states)[number] },
) {
  next += 1
  const person = { name: 'Ada', email: address(String(next).padStart(4, '0')), password }
  // Each from a network of its own, whose name has as many emails as the others'.
  const from = `198.18.${100 + Math.floor(next / 100)}.${100 + (next % 100)}`
  if (account !== 'none') await app.visitor().json('POST', '/api/v1/register', { ...person, password: right })
  if (has) await giveFactors(app, person, has)
  if (account === 'disabled') await disable(app, person)
  const before = { 'tried for the first time': 0, 'tried before': 2, 'rate-limited': 5 }[state]
  for (let time = 0; time < before; time += 1)
    await app.visitor(from).json('POST', '/api/v1/login', { ...person, password: wrong })

  const browser = app.visitor(from)
  if (device.startsWith('with ')) await borrowDevice(app, browser)
  if (send === sendForm) await browser.open('/login')
  return seenOf(app, () => send(browser, person), person)
}

async function sendForm(browser: Visitor, { email = '', password = '' }: Fields): Promise<Response[]> {
  const posted = await browser.submitOnly({ email, password })
  return posted.status === 303 ? [posted, await browser.send('GET', posted.headers.get('location') ?? '')] : [posted]
}

async function sendJson(browser: Visitor, { email, password }: Fields): Promise<Response[]> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  return [await browser.send('POST', '/api/v1/login', JSON.stringify({ email, password }), headers)]
}

async function borrowDevice(app: TestApp, browser: Visitor): Promise<void> {
  const other = app.visitor()
  await other.json('POST', '/api/v1/register', { name: 'Eve', email: `other-${next}@example.org`, password: right })
  browser.cookies.set('gatelodge-device', other.cookies.get('gatelodge-device') ?? '')
}

/** What an address may be when someone asks for an email to it. All of one length. */
const kinds = ['nobod', 'known', 'disab', 'leavi', 'facto'] as const
const withoutPassword = ['pkalo', 'pralo', 'deman'] as const
const owners = [...kinds, ...sampled([...withoutPassword], withoutPassword.length)]

const factors = new Map<string, Has>([
  ['facto', 'both'],
  ['pkalo', 'a passkey alone'],
  ['pralo', 'a provider alone'],
  ['deman', 'a demanded password'],
])

/** How often someone has asked before: the first time that nobody's does, it is waiting afterwards. */
const histories = {
  'for the first time': { before: 0, pause: 0 },
  'once more, after the pause': { before: 1, pause: minutes(1) },
  'once more, within the pause': { before: 1, pause: 0 },
  'beyond what an hour has room for': { before: 3, pause: minutes(1) },
}

interface Door {
  title: string
  path: string
  /** The same for programs, where there is one. */
  api?: string
  fields(email: string): Fields
  /** Behind the link of an open invitation. */
  isInvited?: true
  /** Its form stands on another page, and a script sends it. */
  hasNoPage?: true
  /** Whether it is asked by someone who is logged in. */
  isGuarded?: boolean
  hashes: number
}

const registration: Door = {
  title: 'registration by email',
  path: '/register',
  api: '/api/v1/register',
  fields: (email) => ({ name: 'Ada', email, password: right }),
  hashes: 1,
}
const withPasskeyAlone: Door = {
  title: 'registration with a passkey alone',
  path: '/register/passkey',
  hasNoPage: true,
  api: '/api/v1/register/passkey',
  fields: (email) => ({ name: 'Ada', email }),
  hashes: 0,
}
const byInvitation: Door = {
  ...registration,
  title: 'registration by an open invitation',
  path: '/invitation',
  api: '/api/v1/invitation/register',
  isInvited: true,
}
const doors: Door[] = [
  {
    title: 'a forgotten password',
    path: '/forgot-password',
    api: '/api/v1/forgot-password',
    fields: (email) => ({ email }),
    hashes: 0,
  },
  {
    title: 'a change of address',
    path: '/account/email',
    fields: (new_email) => ({ new_email }),
    isGuarded: true,
    hashes: 0,
  },
]

/** Of a sample: every third, which meets each door, each way and each history. */
function alike(app: () => TestApp, people: () => TestApp, all: Door[]): void {
  const cases = all.flatMap((door) =>
    (door.api ? Object.keys(ways) : ['form']).flatMap((way) =>
      Object.keys(histories).map((history) => ({
        door,
        title: door.title,
        way: way as keyof typeof ways,
        history: history as keyof typeof histories,
      })),
    ),
  )
  it.each(sampled(cases, 3))('V6.3.8 $title by $way, $history: all the same', async ({ door, way, history }) => {
    const seen = []
    for (const owner of owners) seen.push(await ask(app(), people(), { door, way, history, owner }))
    for (const one of seen) expect(one).toEqual(seen[0])
    expect(seen[0]?.hashes).toHaveLength(door.hashes)
    expect(seen[0]?.statements.length).toBeGreaterThan(0)
  })
}

onWalkedDatabases('Enumeration by email', (database) => {
  const app = useSpiedApp(database, { emailsPerClient: 100_000 })
  alike(app, app, [...doors, withPasskeyAlone])
})

onWalkedDatabases('Enumeration where emails decide', (database) => {
  const app = useSpiedApp(database, { emailsPerClient: 100_000, registration: 'confirm-first' })
  alike(app, useApp(database), [registration, byInvitation, withPasskeyAlone, ...doors.slice(0, 1)])
})

interface Asking {
  door: Door
  way: keyof typeof ways
  history: keyof typeof histories
  owner: (typeof owners)[number]
}

/** One request for an email to such an address. */
async function ask(app: TestApp, people: TestApp, { door, way, history, owner }: Asking) {
  next += 1
  const number = String(next).padStart(4, '0')
  const person = { name: 'Ada', email: `${owner}-${number}@example.org`, password: right }
  if (owner !== 'nobod') await people.visitor().json('POST', '/api/v1/register', person)
  if (owner === 'disab') await disable(people, person)
  if (owner === 'leavi') await leave(people, person)
  const has = factors.get(owner)
  if (has) await giveFactors(people, person, has)
  // What was counted for the account's first email is forgotten by now.
  for (const one of new Set([app, people])) one.clock.pass(hours(25))
  await app.services.attempts.purge()

  const from = `198.18.${100 + Math.floor(next / 100)}.${100 + (next % 100)}`
  const { before, pause } = histories[history]
  const link = door.isInvited && (await invitation(app))
  for (let time = 0; time < before; time += 1) {
    const other = await browserAt(people, app, door, `eve-${time}-${number}@example.org`)
    if (link) await other.open(link)
    const fields = door.fields(person.email)
    const sent = door.hasNoPage ? await other.json('POST', door.api ?? '', fields) : await other.form(door.path, fields)
    expect(sent.status).toBe(door.hasNoPage ? 202 : 200)
    app.clock.pass(pause)
  }
  const browser = await browserAt(people, app, door, `source-${number}@example.org`, from)
  if (way === 'form') await browser.open(link || door.path)
  const token = link && way === 'JSON' ? { token: link.split('/').at(-1) } : {}
  const fields = { ...door.fields(person.email), ...token } as Fields
  const seen = await seenOf(app, () => sendTo(browser, way, door, fields), person)
  const told = seen.told.map((one) => ({ ...one, plain: one.plain.replaceAll(`source-${number}`, 'WHO ASKS') }))
  return { ...seen, told }
}

/** @returns the link of one that is open to all of them. */
async function invitation({ services }: TestApp): Promise<string> {
  const source = { clientAddress: '', device: { isCommandLine: true as const }, requestId: '' }
  const made = await createInvitation(services, { actor: 'command', source }, { groups: [], uses: 100 })
  if (made.kind !== 'done') throw new Error(made.kind)
  return new URL(made.address ?? '').pathname
}

/** A visitor's browser, or one of someone who is logged in. */
async function browserAt(people: TestApp, app: TestApp, { isGuarded }: Door, email: string, from?: string) {
  const browser = app.visitor(from)
  if (!isGuarded) return browser
  await people.visitor().json('POST', '/api/v1/register', { name: 'Eve', email, password: right })
  await browser.json('POST', '/api/v1/login', { email, password: right })
  return browser
}

async function sendTo(
  browser: Visitor,
  way: keyof typeof ways,
  { path, api = '' }: Door,
  fields: Fields,
): Promise<Response[]> {
  if (way === 'JSON') {
    const headers = { 'content-type': 'application/json', accept: 'application/json' }
    return [await browser.send('POST', api, JSON.stringify(fields), headers)]
  }
  const posted = await browser.submitOnly(fields, path)
  return posted.status === 303 ? [posted, await browser.send('GET', posted.headers.get('location') ?? '')] : [posted]
}
