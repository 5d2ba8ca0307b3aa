// What the product keeps in memory while 2 GiB go through it to the app behind, and 2 GiB come back.
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { memoryOf, type Server, startBare, startProduct, untilAnswered } from '../processes.ts'
import type { Bench, Figure, Row } from './row.ts'

export const streams: Row = { name: 'streams', onlyWhenNamed: true, measure }

const mega = 1024 ** 2
const whole = 2 * 1024 * mega

async function measure({ databaseUrl }: Bench): Promise<Figure[]> {
  const app = await startBare('bytes.ts')
  const settings = { GATELODGE_UPSTREAM: `http://127.0.0.1:${app.port}`, GATELODGE_PUBLIC: '/*' }
  const front = await startProduct(databaseUrl, [], settings)
  try {
    await untilAnswered(front, '/health/ready')
    // What any streaming needs, however little, is there afterwards.
    for (const way of [download, upload]) await way(front, 64 * mega)
    return [await growth(front, 'down', download), await growth(front, 'up', upload)]
  } finally {
    await front.stop()
    await app.stop()
  }
}

type Way = (front: Server, bytes: number) => Promise<void>

async function growth(front: Server, name: string, way: Way): Promise<Figure> {
  const before = memoryOf(front)
  let most = before
  const looks = setInterval(() => {
    most = Math.max(most, memoryOf(front))
  }, 50)
  const started = performance.now()
  await way(front, whole)
  clearInterval(looks)
  const speed = whole / mega / ((performance.now() - started) / 1000)
  const raw = `${Math.round(before)} → ${Math.round(most)} MB at most, ${Math.round(speed)} MB/s`
  return { what: `memory while 2 GB stream ${name}`, value: most - before, unit: ' MB', goal: { atMost: 64 }, raw }
}

async function download({ port }: Server, bytes: number): Promise<void> {
  const asked = request({ port, path: `/${bytes}` }).end()
  await expectBytes(asked, bytes, async (answer) => {
    let count = 0
    for await (const part of answer) count += part.length
    return count
  })
}

async function upload({ port }: Server, bytes: number): Promise<void> {
  const asked = request({ port, path: '/', method: 'POST' })
  const piece = Buffer.alloc(64 * 1024)
  const answered = expectBytes(asked, bytes, async (answer) => Number((await answer.toArray()).join('')))
  for (let left = bytes; left > 0; left -= piece.length) if (!asked.write(piece)) await once(asked, 'drain')
  asked.end()
  await answered
}

async function expectBytes(
  asked: ReturnType<typeof request>,
  bytes: number,
  count: (answer: IncomingMessage) => Promise<number>,
): Promise<void> {
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  const arrived = await count(answer)
  if (answer.statusCode !== 200 || arrived !== bytes)
    throw new Error(`${answer.statusCode}: ${arrived} of ${bytes} bytes`)
}
