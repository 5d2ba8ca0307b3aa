// Ten thousand queued emails are sent through a mail server on this machine: how fast, with how much memory, and what a
// page costs meanwhile.
import { setTimeout as pause } from 'node:timers/promises'
import { loadSettings } from '../../packages/gatelodge/src/config/load.ts'
import { connectDatabase } from '../../packages/gatelodge/src/database/connect.ts'
import { createEmails } from '../../packages/gatelodge/src/email/queue.ts'
import { createSealing } from '../../packages/gatelodge/src/identity/sealing.ts'
import { hours, systemClock } from '../../packages/gatelodge/src/time.ts'
import { latencies, reader } from '../load.ts'
import { logIn, registerPeople } from '../people.ts'
import { memoryOf, type Server, startBare, startProduct, untilAnswered } from '../processes.ts'
import { get } from '../requests.ts'
import { median, quantile } from '../rounds.ts'
import type { Bench, Figure, Row } from './row.ts'

export const emails: Row = { name: 'emails', onlyWhenNamed: true, measure }

const many = 10_000
const secret = 'a-secret-for-the-bench-0123456789-abcdef'
/** One request every few milliseconds, as in `under-load`. */
const every = 4

async function measure({ database, pace }: Bench): Promise<Figure[]> {
  const mail = await startBare('mail.ts')
  const databaseUrl = await database.fresh()
  const product = await startProduct(databaseUrl, [], {
    GATELODGE_SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    GATELODGE_MAIL_FROM: 'hello@example.org',
    GATELODGE_SECRET: secret,
  })
  try {
    await untilAnswered(product, '/health/ready')
    const [person] = await registerPeople(product.port, 1)
    const page = reader(get('/account', { cookie: await logIn(product.port, person ?? {}) }))
    const taken = counting(mail)
    // What is loaded with the first email (nodemailer) is not counted as growth.
    while (taken() === 0) await pause(50)
    const idle = quantile(await latencies(product.port, page, every, pace.rounds * pace.round), 0.99)
    const before = memoryOf(product)
    await write(databaseUrl)
    const { seconds, memory, busy } = await drained(product, page, taken)
    const [early, late] = [median(memory.slice(0, memory.length / 4)), median(memory.slice(-memory.length / 4))]
    return [
      { what: `emails a second, ${many} waiting`, value: many / seconds, goal: { atLeast: 100 } },
      {
        what: 'growth of memory, second half of them',
        value: late - early,
        unit: ' MB',
        // The collector's own ups and downs.
        goal: { atMost: 20 },
        raw: `${before.toFixed(0)} idle, ${early.toFixed(0)} to ${late.toFixed(0)} MB`,
      },
      {
        what: 'p99 of /account, emails leave / idle',
        value: busy / idle,
        goal: { atMost: 2 },
        raw: `${busy.toFixed(1)} / ${idle.toFixed(1)} ms`,
      },
    ]
  } finally {
    await product.stop()
    await mail.stop()
  }
}

function counting({ process: server }: Server): () => number {
  let taken = 0
  server.on('message', (message) => {
    taken = (message as { taken: number }).taken
  })
  return () => taken
}

/** From the first email sent to the last. Memory is read during the second half: before that the engine finds its size. */
async function drained(product: Server, page: ReturnType<typeof reader>, taken: () => number) {
  const already = taken()
  while (taken() === already) await pause(20)
  const [first, started] = [taken(), performance.now()]
  const memory: number[] = []
  const times: number[] = []
  while (taken() < already + many) {
    times.push(...(await latencies(product.port, page, every, 500)))
    if (taken() > already + many / 2) memory.push(memoryOf(product))
  }
  const share = (already + many - first) / many
  return { seconds: (performance.now() - started) / 1000 / share, memory, busy: quantile(times, 0.99) }
}

/** Only notices are counted. */
const neverAsked = { of: () => [], from: () => [], countIfRoom: async () => true }

/** As the product writes them, each to another address. */
async function write(databaseUrl: string): Promise<void> {
  const flags = { databaseUrl, secret, smtpUrl: 'smtp://localhost', mailFrom: 'hello@example.org' }
  const loaded = loadSettings({ flags })
  if (loaded.kind === 'faults') throw new Error(JSON.stringify(loaded.faults))
  const database = await connectDatabase(loaded.settings, systemClock)
  const emails = createEmails(database, createSealing([secret]), neverAsked, systemClock, loaded.settings)
  const prepared = Array.from({ length: many }, (_, index) =>
    emails.prepare({
      kind: 'reset-password',
      accountId: null,
      to: { name: 'Ada Lovelace', address: `ada-${index}@example.org`, isVerified: true },
      link: { token: 'x'.repeat(43), life: hours(24) },
    }),
  )
  await database.transact(
    async (trx) => {
      for (const email of prepared) await emails.write(trx, email)
    },
    async () => undefined,
  )
  await database.close()
}
