// Log-ins with a code of an app beside log-ins without one, by the API: what the second request costs.
import { randomBytes } from 'node:crypto'
import { createSealing } from '../../packages/gatelodge/src/identity/sealing.ts'
import { codeAt, stepAt } from '../../packages/gatelodge/src/identity/second-factors/totp.ts'
import { type Answer, Connection } from '../connection.ts'
import { fill, personOf } from '../crowd.ts'
import { type Server, startProduct, untilAnswered } from '../processes.ts'
import { postJson } from '../requests.ts'
import { inTurn, median, ratio } from '../rounds.ts'
import { type Bench, clients, type Figure, type Row } from './row.ts'

export const twoFactor: Row = { name: 'two-factor', measure }

/** More than log in during a whole run: a code is taken once, so each person comes once. */
const many = 10_000
/** The app that everyone has. */
const key = randomBytes(20)

async function measure({ database, pace }: Bench): Promise<Figure[]> {
  const secret = randomBytes(32).toString('base64url')
  const sealing = createSealing([secret])
  const sealed = (id: Buffer) => sealing.seal('second factor', `${id.toString('hex')} ${key.toString('hex')}`)
  const plain = await crowded(database, secret)
  const asking = await crowded(database, secret, sealed)
  const rates = await inTurn(pace.rounds, {
    without: perSecond(plain, 2 * pace.round, async (connection, number) =>
      expectStatus(await beginLogIn(connection, number), 200),
    ),
    withCode: perSecond(asking, 2 * pace.round, async (connection, number) => {
      const { body } = expectStatus(await beginLogIn(connection, number), 403)
      const { login_token } = JSON.parse(String(body)) as { login_token: string }
      const code = codeAt(key, stepAt(Date.now()))
      expectStatus(await connection.send(postJson('/api/v1/two-factor', { login_token, code })), 200)
    }),
  })
  await plain.stop()
  await asking.stop()
  return [
    {
      what: 'log-ins with a code / without',
      value: ratio(rates.withCode, rates.without),
      goal: { atLeast: 0.8 },
      raw: `${median(rates.withCode).toFixed(0)} / ${median(rates.without).toFixed(0)} per s`,
    },
  ]
}

async function crowded(database: Bench['database'], secret: string, sealed?: (id: Buffer) => string): Promise<Server> {
  const url = await database.fresh()
  const server = await startProduct(url, [], { GATELODGE_SECRET: secret })
  await untilAnswered(server, '/health/ready')
  await fill(url, many, sealed)
  return server
}

/** Everyone once, sixteen at a time. */
function perSecond(
  { port }: Server,
  duration: number,
  logIn: (connection: Connection, number: number) => Promise<unknown>,
): () => Promise<number> {
  let next = 0
  return async () => {
    const connections = await Promise.all(Array.from({ length: clients }, () => Connection.open(port)))
    const started = performance.now()
    let done = 0
    const work = async (connection: Connection) => {
      while (performance.now() - started < duration) {
        next += 1
        await logIn(connection, next % many)
        done += 1
      }
    }
    try {
      await Promise.all(connections.map(work))
    } finally {
      for (const connection of connections) connection.close()
    }
    return done / ((performance.now() - started) / 1000)
  }
}

const beginLogIn = (connection: Connection, number: number) =>
  connection.send(postJson('/api/v1/login', { ...personOf(number), session: 'bearer' }))

function expectStatus(answer: Answer, status: number): Answer {
  if (answer.status !== status)
    throw new Error(`${status} was expected, but the answer was:\n${answer.head}\n${answer.body}`)
  return answer
}
