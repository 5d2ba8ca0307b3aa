// From the command to the first page, with an empty database and with one that is there already.
import { memoryOf, startProduct, untilAnswered } from '../processes.ts'
import { inTurn, median } from '../rounds.ts'
import type { Bench, Figure, Row } from './row.ts'

export const start: Row = { name: 'start', measure }

async function measure({ database, databaseUrl, pace }: Bench): Promise<Figure[]> {
  const memory: number[] = []
  const ready: number[] = []
  const timed = async (url: string) => {
    const started = performance.now()
    const server = await startProduct(url)
    await untilAnswered(server, '/login')
    const taken = performance.now() - started
    await untilAnswered(server, '/health/ready')
    ready.push(performance.now() - started)
    memory.push(memoryOf(server))
    await server.stop()
    return taken
  }
  const { first, later } = await inTurn(pace.rounds, {
    first: async () => timed(await database.fresh()),
    later: () => timed(databaseUrl),
  })
  return [
    {
      what: 'first start to first 200',
      value: median(first),
      unit: ' ms',
      goal: { atMost: 300 },
      raw: `ready after ${median(ready).toFixed(0)} ms`,
    },
    { what: 'later start to first 200', value: median(later), unit: ' ms', goal: { atMost: 300 } },
    { what: 'memory at start', value: median(memory), unit: ' MB', goal: { atMost: 90 } },
  ]
}
