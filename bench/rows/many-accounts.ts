// The same product with a thousand accounts and with a million: what grows with their number would show here.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeCursor } from '../../packages/gatelodge/src/identity/accounts/list-cursor.ts'
import { fill, fillSpecial, idOf, nameOf, personOf, sessionOf } from '../crowd.ts'
import { reader, throughput } from '../load.ts'
import { formClient } from '../people.ts'
import { type Server, startCommand, startProduct, untilAnswered } from '../processes.ts'
import { get } from '../requests.ts'
import { inTurn, median, ratio } from '../rounds.ts'
import { type Bench, clients, type Figure, type Row } from './row.ts'

export const manyAccounts: Row = { name: 'many-accounts', onlyWhenNamed: true, measure }

const few = 1_000
const many = 1_000_000

async function measure(bench: Bench): Promise<Figure[]> {
  const servers = [await crowded(bench, few), await crowded(bench, many)] as const
  try {
    return [
      await logIns(bench, ...servers),
      await sessionChecks(bench, ...servers),
      ...(await lists(bench, ...servers)),
    ]
  } finally {
    for (const server of servers) await server.stop()
  }
}

interface Crowded extends Server {
  /** An API key that may read the accounts. */
  key: string
}

async function crowded({ database }: Bench, accounts: number): Promise<Crowded> {
  const url = await database.fresh()
  const server = await startProduct(url)
  await untilAnswered(server, '/health/ready')
  await fill(url, accounts)
  await fillSpecial(url, accounts)
  const folder = mkdtempSync(join(tmpdir(), 'gatelodge-bench-key-'))
  const words = ['key', 'create', 'bench', '--scopes', 'accounts:read']
  const key = await startCommand(words, url, folder).ended.finally(() => rmSync(folder, { recursive: true }))
  return { ...server, key: key.trim() }
}

/** Pages of the list of accounts, as the console and programs read them. As much is found among many as among few. */
const pages: Record<string, (accounts: number) => string> = {
  'the first page of accounts': () => '',
  'a page in the middle': (accounts) => `&cursor=${middle(accounts, 'registered')}`,
  'a page of accounts by name': () => '&order=name',
  'a page by name in the middle': (accounts) => `&order=name&cursor=${middle(accounts, 'name')}`,
  'a search by the beginning of an address': (accounts) => `&query=person-${anyOf(accounts)}`,
  'a search by the beginning of a name': () => '&query=ada',
  'a search for one name': (accounts) => `&query=${encodeURIComponent(nameOf(anyOf(accounts)))}`,
  'the page of disabled accounts': () => '&state=disabled',
  'the page of a group': () => '&group=staff',
  'the page of a group by name': () => '&group=staff&order=name',
  'a search in a group': () => '&group=staff&query=ada',
  'the page of accounts with an app': () => '&second_factor=app',
  'a search among accounts with an app': () => '&second_factor=app&query=ada',
}

function middle(accounts: number, order: 'registered' | 'name'): string {
  const key = order === 'name' ? nameOf(accounts / 2).toLowerCase() : ''
  return writeCursor({ order, id: idOf(accounts / 2), key })
}

async function lists({ pace }: Bench, small: Crowded, large: Crowded): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const [what, query] of Object.entries(pages)) {
    const read = ({ port, key }: Crowded, accounts: number) => {
      const headers = { authorization: `Bearer ${key}` }
      const one = { ...reader(''), next: () => get(`/api/v1/admin/accounts?limit=50${query(accounts)}`, headers) }
      return () => throughput(port, [one], pace.round)
    }
    const rates = await inTurn(pace.rounds, { small: read(small, few), large: read(large, many) })
    figures.push({ ...compared(what, rates), goal: { atMost: 1.5 } })
  }
  return figures
}

async function logIns({ pace }: Bench, small: Server, large: Server): Promise<Figure> {
  const logIn = async ({ port }: Server, accounts: number) => {
    const someone = await formClient(port, '/login', () => personOf(anyOf(accounts)))
    return () => throughput(port, [someone], 2 * pace.round)
  }
  const rates = await inTurn(pace.rounds, { small: await logIn(small, few), large: await logIn(large, many) })
  return compared('log-in', rates)
}

async function sessionChecks({ pace }: Bench, small: Server, large: Server): Promise<Figure> {
  const check = ({ port }: Server, accounts: number) => {
    const someone = { ...reader(''), next: () => get('/account', { cookie: sessionOf(anyOf(accounts)) }) }
    const crowd = Array.from({ length: clients }, () => someone)
    return () => throughput(port, crowd, pace.round)
  }
  return compared('/account', await inTurn(pace.rounds, { small: check(small, few), large: check(large, many) }))
}

function compared(what: string, { small, large }: Record<'small' | 'large', number[]>): Figure {
  return {
    what: `time for ${what}, 1,000,000 accounts / 1,000`,
    value: ratio(small, large),
    goal: { atMost: 1.15 },
    raw: `${median(large).toFixed(0)} / ${median(small).toFixed(0)} per s`,
  }
}

/** As many people are about in both cases, spread evenly among all: how much fits into memory is not the question here. */
const anyOf = (accounts: number) => Math.floor(Math.random() * few) * (accounts / few)
