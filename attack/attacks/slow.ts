// Slow and idle connections hold up nobody else. These run beside the others, from the beginning.
import { setTimeout as pause } from 'node:timers/promises'
import { type Attack, type Verdict, verdict } from '../attack.ts'
import type { Line } from '../socket.ts'
import type { Target } from '../target.ts'

/** Whether someone else is answered while it goes on. */
async function othersWait(target: Target): Promise<string | undefined> {
  const started = performance.now()
  try {
    const { status } = await target.get('/health/alive')
    const ms = performance.now() - started
    return status === 200 && ms < 5_000 ? undefined : `${status} after ${Math.round(ms)} ms`
  } catch (error) {
    return `no answer: ${(error as Error).name}`
  }
}

async function untilClosed(line: Line, longest: number, drip: () => string): Promise<boolean> {
  for (let waited = 0; waited < longest; waited += 500) {
    if (line.heard().isClosed) return true
    line.write(drip())
    await pause(500)
  }
  return line.heard().isClosed
}

const loris: Attack = {
  name: 'slow: headers that never end',
  asvs: 'V4.2.1 V13.1.3 V15.4.4',
  sent: 'one header line each half second',
  expected: 'others are answered; closed within 18 s',
  async run(target) {
    const line = await target.line()
    line.write(`GET /login HTTP/1.1\r\nHost: ${target.base.host}\r\n`)
    const waiting = await othersWait(target)
    const isClosed = await untilClosed(line, target.longestSlow, () => 'X-A: b\r\n')
    const { statuses } = line.heard()
    line.end()
    return ended(waiting, isClosed, statuses)
  },
}

function ended(waiting: string | undefined, isClosed: boolean, statuses: number[]): Verdict {
  if (waiting) return verdict(false, `others: ${waiting}`)
  return verdict(isClosed, `${statuses.join(' ')} ${isClosed ? 'closed' : 'still open'}`.trim())
}

const silent: Attack = {
  name: 'slow: a connection that says nothing',
  asvs: 'V13.1.3 V15.4.4',
  sent: 'nothing',
  expected: 'others are answered; closed within 18 s',
  async run(target) {
    const line = await target.line()
    const waiting = await othersWait(target)
    const isClosed = await untilClosed(line, target.longestSlow, () => '')
    const { statuses } = line.heard()
    line.end()
    return ended(waiting, isClosed, statuses)
  },
}

const trickle: Attack = {
  name: 'slow: a body that trickles',
  asvs: 'V13.1.3 V15.4.4',
  sent: 'ten forms at once, a byte each half second',
  expected: 'others are answered, and none of the ten before it is whole',
  async run(target) {
    const lines = await Promise.all(Array.from({ length: 10 }, () => target.line()))
    for (const line of lines) {
      line.write(
        `POST /login HTTP/1.1\r\nHost: ${target.base.host}\r\nOrigin: ${target.base.origin}\r\nContent-Type: application/json\r\nContent-Length: 10000\r\n\r\n`,
      )
    }
    let waiting: string | undefined
    for (let turn = 0; turn < 4 && !waiting; turn += 1) {
      for (const line of lines) line.write(' ')
      await pause(500)
      waiting = await othersWait(target)
    }
    const answered = lines.flatMap((line) => line.heard().statuses)
    for (const line of lines) line.end()
    if (waiting) return verdict(false, `others: ${waiting}`)
    return verdict(answered.length === 0, answered.length === 0 ? 'others are answered' : answered.join(' '))
  },
}

export const slow: Attack[] = [loris, silent, trickle]
