// What each way into a site costs: in front of an app (`--upstream`), beside it (nginx asks us), and in lines to write.
import { readFileSync } from 'node:fs'
import { freePort } from '../../packages/gatelodge/tests/support/mysql-server.ts'
import { type RunningProxy, startProxy } from '../../packages/gatelodge/tests/support/proxies.ts'
import { linesOfWays } from '../lines.ts'
import { type Client, latencies, reader, throughput } from '../load.ts'
import { startBare, startProduct, untilAnswered } from '../processes.ts'
import { get } from '../requests.ts'
import { inTurn, median, quantile, ratio } from '../rounds.ts'
import type { Bench, Figure, Row } from './row.ts'

export const ways: Row = { name: 'ways', onlyWhenNamed: true, measure }

/** One request every few milliseconds, as in `under-load`. */
const every = 4

async function measure(bench: Bench): Promise<Figure[]> {
  return [...(await throughAll(bench)), ...lines()]
}

interface Ports {
  bare: number
  front: number
  nginx: number
}

/** The same app, reached by itself, through us, and through nginx that asks us. */
async function throughAll(bench: Bench): Promise<Figure[]> {
  const app = await startBare('bare-app.ts')
  const front = await startProduct(bench.databaseUrl, [], { GATELODGE_UPSTREAM: `http://127.0.0.1:${app.port}` })
  let nginx: RunningProxy | undefined
  try {
    await untilAnswered(front, '/health/ready')
    const port = await freePort()
    nginx = await startProxy('nginx', configuration(port, bench.product.port, app.port), `http://127.0.0.1:${port}`)
    return await compare(bench, { bare: app.port, front: front.port, nginx: port })
  } finally {
    await nginx?.stop()
    await front.stop()
    await app.stop()
  }
}

/** The example's own. */
function configuration(port: number, gatelodge: number, app: number): string {
  const ports: Record<string, number> = { 8080: port, 3000: gatelodge, 5000: app }
  const file = new URL('../../examples/nginx/gatelodge.conf', import.meta.url)
  return readFileSync(file, 'utf8').replace(/:(8080|3000|5000)\b/g, (_, name) => `:${ports[name]}`)
}

async function compare({ sessions, pace }: Bench, { bare, front, nginx }: Ports): Promise<Figure[]> {
  const clients = sessions.map((cookie) => reader(get('/books', { cookie })))
  const rates = await inTurn(pace.rounds, {
    bare: () => throughput(bare, clients, pace.round),
    front: () => throughput(front, clients, pace.round),
    nginx: () => throughput(nginx, clients, pace.round),
  })
  const [one] = clients as [Client]
  const p99 = async (port: number) => quantile(await latencies(port, one, every, pace.round), 0.99)
  const slow = await inTurn(pace.rounds, {
    bare: () => p99(bare),
    front: () => p99(front),
    nginx: () => p99(nginx),
  })
  const added = (name: 'front' | 'nginx') => median(slow[name].map((time, round) => time - (slow.bare[round] ?? 0)))
  const raw = (name: 'front' | 'nginx') => `${median(slow[name]).toFixed(1)} / ${median(slow.bare).toFixed(1)} ms`
  return [
    rate('--upstream / the app by itself', rates.front, rates.bare),
    rate('nginx auth_request / the app by itself', rates.nginx, rates.bare),
    rate('--upstream / nginx auth_request', rates.front, rates.nginx),
    { what: 'p99 that --upstream adds', value: added('front'), unit: ' ms', raw: raw('front') },
    { what: 'p99 that nginx auth_request adds', value: added('nginx'), unit: ' ms', raw: raw('nginx') },
  ]
}

function rate(what: string, ours: number[], theirs: number[]): Figure {
  const raw = `${median(ours).toFixed(0)} / ${median(theirs).toFixed(0)} per s`
  return { what, value: ratio(ours, theirs), raw }
}

function lines(): Figure[] {
  return linesOfWays().map(({ name, files, lines }) => ({
    what: `lines for ${name}`,
    value: lines,
    ...(files[0]?.endsWith('server.js') && { goal: { atMost: 5 } }),
    raw: files.map((file) => `examples/${file}`).join(' '),
  }))
}
