// Whoever logs in learns nothing of which addresses have accounts: not from the words, not from how much there is to read,
// and not from how much work it was. How long the work takes is measured by `npm run timing`.
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { fromDriver } from '../src/database/connect.ts'
import { parseAddress } from '../src/identity/accounts/address.ts'
import { accounts } from '../src/identity/accounts/storage.ts'
import { onEachDatabase, openDriver } from './support/databases.ts'
import { makeApp, type TestApp } from './support/make-app.ts'
import { spied } from './support/spied-database.ts'
import type { Fields, Visitor } from './support/visitor.ts'

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
]

const ways = { form: sendForm, JSON: sendJson }
const devices = ["with somebody else's device cookie", 'without a device cookie'] as const
const states = ['tried for the first time', 'tried before', 'held back'] as const

const cases = Object.keys(ways).flatMap((way) =>
  devices.flatMap((device) => states.map((state) => ({ way: way as keyof typeof ways, device, state }))),
)

let next = 10

onEachDatabase('Enumeration', (database) => {
  let app: TestApp
  beforeAll(async () => {
    work = { hashes: [], statements: [] }
    const driver = spied(openDriver(database), async (send, text) => {
      const result = await send()
      const { numAffectedRows: changed = 0n } = result as { numAffectedRows?: bigint }
      work.statements.push(`${changed} rows: ${text.replace(/\s+/g, ' ')}`)
      return result
    })
    app = await makeApp(database, {}, { database: fromDriver(driver) })
  })
  afterAll(() => app.close())

  it.each(cases)('V6.3.8 log-in by $way, $device, $state: all alike', async ({ way, device, state }) => {
    const [first, ...others] = guesses
    const expected = await watch(app, first, { send: ways[way], device, state })
    for (const other of others) {
      const seen = await watch(app, other, { send: ways[way], device, state })
      expect({ ...seen, title: other.title }).toEqual({ ...expected, title: other.title })
    }
    expect(expected.hashes).toHaveLength(state === 'held back' ? 0 : 1)
    expect(expected.statements.length).toBeGreaterThan(state === 'held back' ? 1 : 5)
  })
})

type Send = (browser: Visitor, person: Fields) => Promise<Response[]>

/** One guess, everything that it cost, and everything that came back. */
async function watch(
  app: TestApp,
  { account, password, address }: Guess,
  { send, device, state }: { send: Send; device: (typeof devices)[number]; state: (typeof states)[number] },
) {
  next += 1
  const person = { name: 'Ada', email: address(String(next).padStart(4, '0')), password }
  // Each from a network of its own, whose name has as many letters as the others'.
  const from = `198.18.${100 + Math.floor(next / 100)}.${100 + (next % 100)}`
  if (account !== 'none') await app.visitor().json('POST', '/register', { ...person, password: right })
  if (account === 'disabled') await disable(app, person)
  const before = { 'tried for the first time': 0, 'tried before': 2, 'held back': 5 }[state]
  for (let time = 0; time < before; time += 1)
    await app.visitor(from).json('POST', '/login', { ...person, password: wrong })

  const browser = app.visitor(from)
  if (device.startsWith('with ')) await borrowDevice(app, browser)
  if (send === sendForm) await browser.open('/login')
  work = { hashes: [], statements: [] }
  const lines = app.logged.length
  const answers = await send(browser, person)
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
  return [await browser.send('POST', '/login', JSON.stringify({ email, password }), headers)]
}

async function disable({ services, clock }: TestApp, { email = '' }: Fields): Promise<void> {
  const address = parseAddress(email)
  if (address) await accounts.setDisabled(services.database.db, address, clock.now())
}

async function borrowDevice(app: TestApp, browser: Visitor): Promise<void> {
  const other = app.visitor()
  await other.json('POST', '/register', { name: 'Eve', email: `other-${next}@example.org`, password: right })
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
