// The login page for someone who was never here, beside one line of text from the same framework; and what it asks of the
// database.
import { once } from 'node:events'
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
  const before = await count()
  await openOften(port)
  // The second question counts itself.
  const counted = (await count()) - before - 1
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
  const before = await count()
  await openOften(counting.port)
  const counted = (await count()) - before
  await counting.stop()
  return counted
}

async function openOften(port: number): Promise<void> {
  const connection = await Connection.open(port)
  for (let times = 0; times < 1_000; times += 1) check(await connection.send(page.next()), page)
  connection.close()
}
