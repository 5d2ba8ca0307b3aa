// Anyone who logs in, asks for a new password, for another address or (where emails decide) for an account learns nothing of
// which addresses have accounts: not from the words, not from how much there is to read, and not from how much work it was.
// How long the work takes is measured by `npm run timing`.
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { Settings } from '../../../src/config/schema.ts'
import { fromDriver } from '../../../src/database/connect.ts'
import { parseAddress } from '../../../src/identity/accounts/address.ts'
import { accounts } from '../../../src/identity/accounts/storage.ts'
import { random } from '../../../src/identity/sealing.ts'
import { stepAt } from '../../../src/identity/second-factors/totp.ts'
import { hours, minutes } from '../../../src/time.ts'
import { openDriver, type TestDatabase } from '../../support/databases.ts'
import { setDisabled } from '../../support/disable.ts'
import { makeApp, type TestApp, useApp } from '../../support/make-app.ts'
import { spied } from '../../support/spied-database.ts'
import type { Fields, Visitor } from '../../support/visitor.ts'
import { onWalkedDatabases } from '../../support/walk.ts'

/** All that the product did for the request that is being watched. */
let work: { hashes: string[]; statements: string[] }

// Below the product's own code: a hash that is left out would be missed here, wherever it is left out.
vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof import('@node-rs/argon2')>()
  return {
    ...real,
    verify(known: string, password: string) {
      work.hashes.push(`verify ${known.split('$').slice(0, 4).join('$')}`)
      return real.verify(known, password)
    },
    hash(...call: Parameters<typeof real.hash>) {
      work.hashes.push('hash')
      return real.hash(...call)
    },
  }
})
beforeEach(() => {
  work = { hashes: [], statements: [] }
})

const right = 'violet tram lamp'
const wrong = 'quiet amber windmill'.slice(0, right.length)

/** Who asks, and with what. All addresses are of one length. */
type Guess = {
  title: string
  account: 'none' | 'enabled' | 'disabled'
  hasFactor?: true
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
    hasFactor: true,
    password: wrong,
    address: (number) => `facto-${number}@example.org`,
  },
  {
    title: 'the right password of a disabled account with a second factor',
    account: 'disabled',
    hasFactor: true,
    password: right,
    address: (number) => `facdi-${number}@example.org`,
  },
]

const ways = { form: sendForm, JSON: sendJson }
const devices = ["with someone else's device cookie", 'without a device cookie'] as const
const states = ['tried for the first time', 'tried before', 'rate-limited'] as const

const cases = Object.keys(ways).flatMap((way) =>
  devices.flatMap((device) => states.map((state) => ({ way: way as keyof typeof ways, device, state }))),
)

let next = 10

/** The product on a database of which each statement is noted. */
function useSpiedApp(database: TestDatabase, settings: Partial<Settings> = {}): () => TestApp {
  let app: TestApp
  beforeAll(async () => {
    work = { hashes: [], statements: [] }
    const driver = spied(openDriver(database), async (send, text) => {
      const result = await send()
      const { numAffectedRows = 0n } = result as { numAffectedRows?: bigint }
      // At BEGIN, SQLite tells what the statement before it has changed.
      const changed = text === 'begin' ? 0n : numAffectedRows
      work.statements.push(`${changed} rows: ${text.replace(/\s+/g, ' ')}`)
      return result
    })
    app = await makeApp(database, settings, { database: fromDriver(driver) })
  })
  afterAll(() => app.close())
  return () => app
}

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
  { account, hasFactor, password, address }: Guess,
  { send, device, state }: { send: Send; device: (typeof devices)[number]; state: (typeof states)[number] },
) {
  next += 1
  const person = { name: 'Ada', email: address(String(next).padStart(4, '0')), password }
  // Each from a network of its own, whose name has as many emails as the others'.
  const from = `198.18.${100 + Math.floor(next / 100)}.${100 + (next % 100)}`
  if (account !== 'none') await app.visitor().json('POST', '/api/v1/register', { ...person, password: right })
  if (hasFactor) await giveFactor(app, person)
  if (account === 'disabled') await disable(app, person)
  const before = { 'tried for the first time': 0, 'tried before': 2, 'rate-limited': 5 }[state]
  for (let time = 0; time < before; time += 1)
    await app.visitor(from).json('POST', '/api/v1/login', { ...person, password: wrong })

  const browser = app.visitor(from)
  if (device.startsWith('with ')) await borrowDevice(app, browser)
  if (send === sendForm) await browser.open('/login')
  return seenOf(app, () => send(browser, person), person)
}

/** Everything that it costs to answer, and everything that comes back. */
async function seenOf(app: TestApp, ask: () => Promise<Response[]>, person: Fields) {
  work = { hashes: [], statements: [] }
  const lines = app.logged.length
  const answers = await ask()
  const done = work
  work = { hashes: [], statements: [] }
  const told = await Promise.all(answers.map((answer) => masked(answer, person)))
  return { ...done, lines: app.logged.length - lines, told }
}

async function sendForm(browser: Visitor, { email = '', password = '' }: Fields): Promise<Response[]> {
  const posted = await browser.submitOnly({ email, password })
  return posted.status === 303 ? [posted, await browser.send('GET', posted.headers.get('location') ?? '')] : [posted]
}

async function sendJson(browser: Visitor, { email, password }: Fields): Promise<Response[]> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  return [await browser.send('POST', '/api/v1/login', JSON.stringify({ email, password }), headers)]
}

async function disable({ services, clock }: TestApp, { email = '' }: Fields): Promise<void> {
  const address = parseAddress(email)
  if (address) await setDisabled(services.database.db, address, clock.now())
}

/** An app, as after an enrolment some time ago. */
async function giveFactor({ services, clock }: TestApp, { email = '' }: Fields): Promise<void> {
  const { secondFactors, database } = services
  const account = await accounts.findByAddress(database.db, { given: email, normalised: email })
  const made = await secondFactors.makeCodes('')
  await database.transact(
    (trx) => secondFactors.add(trx, account?.id as Buffer, { secret: random(20), step: stepAt(clock.now()) - 2 }, made),
    async () => undefined,
  )
}

async function borrowDevice(app: TestApp, browser: Visitor): Promise<void> {
  const other = app.visitor()
  await other.json('POST', '/api/v1/register', { name: 'Eve', email: `other-${next}@example.org`, password: right })
  browser.cookies.set('gatelodge-device', other.cookies.get('gatelodge-device') ?? '')
}

/** What is random at each answer stands as its length; the address that was typed as itself. */
async function masked(answer: Response, { email = '' }: Fields) {
  const headers = [...answer.headers].map(([name, value]) => [
    name,
    name === 'set-cookie' ? value.replace(/=([^;]*)/, (_, secret: string) => `=${secret.length} characters`) : value,
  ])
  const body = await answer.text()
  const plain = body
    .replace(/(name="form_token" value=")([^"]*)/g, (_, start: string, token: string) => `${start}${token.length}`)
    .replaceAll(email, 'THE ADDRESS')
  return { status: answer.status, headers, bytes: Buffer.byteLength(body), plain }
}

/** What an address may be when someone asks for an email to it. All of one length. */
const owners = ['nobod', 'known', 'disab', 'leavi'] as const

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
  it.each(cases)('V6.3.8 $title by $way, $history: all the same', async ({ door, way, history }) => {
    const seen = []
    for (const owner of owners) seen.push(await ask(app(), people(), { door, way, history, owner }))
    for (const one of seen) expect(one).toEqual(seen[0])
    expect(seen[0]?.hashes).toHaveLength(door.hashes)
    expect(seen[0]?.statements.length).toBeGreaterThan(0)
  })
}

onWalkedDatabases('Enumeration by email', (database) => {
  const app = useSpiedApp(database, { emailsPerClient: 100_000 })
  alike(app, app, doors)
})

onWalkedDatabases('Enumeration where emails decide', (database) => {
  const app = useSpiedApp(database, { emailsPerClient: 100_000, registration: 'confirm-first' })
  alike(app, useApp(database), [registration, ...doors.slice(0, 1)])
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
  // What was counted for the account's first email is forgotten by now.
  for (const one of new Set([app, people])) one.clock.pass(hours(25))
  await app.services.attempts.purge()

  const from = `198.18.${100 + Math.floor(next / 100)}.${100 + (next % 100)}`
  const { before, pause } = histories[history]
  for (let time = 0; time < before; time += 1) {
    const other = await browserAt(people, app, door, `eve-${time}-${number}@example.org`)
    const sent = await other.form(door.path, door.fields(person.email))
    expect(sent.status).toBe(200)
    app.clock.pass(pause)
  }
  const browser = await browserAt(people, app, door, `source-${number}@example.org`, from)
  if (way === 'form') await browser.open(door.path)
  const seen = await seenOf(app, () => sendTo(browser, way, door, door.fields(person.email)), person)
  const told = seen.told.map((one) => ({ ...one, plain: one.plain.replaceAll(`source-${number}`, 'WHO ASKS') }))
  return { ...seen, told }
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

async function leave(app: TestApp, { email, password }: Fields): Promise<void> {
  const browser = app.visitor()
  await browser.json('POST', '/api/v1/login', { email, password })
  const { status } = await browser.json('POST', '/api/v1/delete', { current_password: password })
  expect(status).toBe(204)
}
