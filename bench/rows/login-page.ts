// The login page for someone who was never here, beside one line of text from the same framework; and what it asks of the
// database.
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { createConnection } from 'mysql2/promise'
import { Connection } from '../connection.ts'
import { check, reader, throughput } from '../load.ts'
import { startBare, startProduct, untilAnswered } from '../processes.ts'
import { get } from '../requests.ts'
import { inTurn, median, ratio } from '../rounds.ts'
import { type Bench, clients, type Figure, type Row } from './row.ts'

export const loginPage: Row = { name: 'login-page', measure }

const page = reader(get('/login'))
const visitors = Array.from({ length: clients }, () => page)

async function measure(bench: Bench): Promise<Figure[]> {
  const { product, pace } = bench
  const bare = await startBare('bare-hello.ts')
  const { ours, hello } = await inTurn(pace.rounds, {
    ours: () => throughput(product.port, visitors, pace.round),
    hello: () => throughput(bare.port, visitors, pace.round),
  })
  await bare.stop()
  return [
    {
      what: '/login / bare Hono hello',
      value: ratio(ours, hello),
      goal: { atLeast: 0.6 },
      raw: `${median(ours).toFixed(0)} / ${median(hello).toFixed(0)} per s`,
    },
    { what: 'SQL statements for 1,000 × /login', value: await statements(bench), goal: { atMost: 0 } },
  ]
}

/** Counted below the product: by the server itself, or where node:sqlite is called. */
function statements({ database, databaseUrl, product }: Bench): Promise<number> {
  return database.name === 'MySQL' ? countedByServer(databaseUrl, product.port) : countedInProduct(databaseUrl)
}

async function countedByServer(databaseUrl: string, port: number): Promise<number> {
  const connection = await createConnection(databaseUrl)
  const count = async () => {
    const [rows] = await connection.query("show global status like 'Queries'")
    return Number((rows as { Value: string }[])[0]?.Value)
  }
  // The second question counts itself.
  const counted = (await leastOfRounds(count, port)) - 1
  await connection.end()
  return counted
}

async function countedInProduct(databaseUrl: string): Promise<number> {
  const counting = await startProduct(databaseUrl, [new URL('../servers/count-statements.ts', import.meta.url).href])
  const count = async () => {
    counting.process.send('how many?')
    return Number((await once(counting.process, 'message'))[0])
  }
  await untilAnswered(counting, '/health/ready')
  const counted = await leastOfRounds(count, counting.port)
  await counting.stop()
  return counted
}

const rounds = 3

/**
 * Every 30 seconds the product looks for new password formats, visited or not, and that is one statement. A round is a few seconds
 * long, so at least one has none of it; what a visit costs is in each of them.
 */
async function leastOfRounds(count: () => Promise<number>, port: number): Promise<number> {
  const counted: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const before = await count()
    await openOften(port)
    // What visits leave to be done in the background is looked for every second.
    await pause(1_100)
    counted.push((await count()) - before)
  }
  return Math.min(...counted)
}

async function openOften(port: number): Promise<void> {
  const connection = await Connection.open(port)
  for (let times = 0; times < 1_000; times += 1) check(await connection.send(page.next()), page)
  connection.close()
}
