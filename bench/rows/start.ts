// From the command to the first page, with an empty database and with one that is there already; beside a bare server.
import { memoryOf, type Server, startBareHttp, startProduct, untilAnswered } from '../processes.ts'
import { inTurn, median, ratio } from '../rounds.ts'
import type { Bench, Figure, Row } from './row.ts'

export const start: Row = { name: 'start', measure }

/** In MB: mysql2 takes its part. */
const memoryGoals = { SQLite: 95, MySQL: 105 }

async function measure({ database, databaseUrl, pace }: Bench): Promise<Figure[]> {
  const memory: number[] = []
  const bareMemory: number[] = []
  const ready: number[] = []
  const timed = async (begin: () => Promise<Server>, then: (server: Server, started: number) => Promise<void>) => {
    const started = performance.now()
    const server = await begin()
    await untilAnswered(server, '/login')
    const taken = performance.now() - started
    await then(server, started)
    await server.stop()
    return taken
  }
  const ofProduct = async (server: Server, started: number) => {
    await untilAnswered(server, '/health/ready')
    ready.push(performance.now() - started)
    memory.push(memoryOf(server))
  }
  const { bare, first, later } = await inTurn(pace.rounds, {
    bare: () => timed(startBareHttp, async (server) => void bareMemory.push(memoryOf(server))),
    first: async () => {
      const url = await database.fresh()
      return timed(() => startProduct(url), ofProduct)
    },
    later: () => timed(() => startProduct(databaseUrl), ofProduct),
  })
  const against = (ours: number[]) => `${median(ours).toFixed(0)} ms / bare ${median(bare).toFixed(0)} ms`
  return [
    {
      what: 'first start to first 200',
      value: median(first),
      unit: ' ms',
      raw: `ready ${median(ready).toFixed(0)} ms`,
    },
    { what: 'later start to first 200', value: median(later), unit: ' ms' },
    { what: 'first start / bare server', value: ratio(first, bare), goal: { atMost: 3 }, raw: against(first) },
    { what: 'later start / bare server', value: ratio(later, bare), goal: { atMost: 3 }, raw: against(later) },
    {
      what: 'memory at start',
      value: median(memory),
      unit: ' MB',
      goal: { atMost: memoryGoals[database.name] },
      raw: `bare ${median(bareMemory).toFixed(0)} MB`,
    },
  ]
}
