import { describe, expect, it } from 'vitest'
import { seconds } from '../../time.ts'
import { Busy, createQueue } from './queue.ts'

/** Jobs that end when the test says so. */
function jobs() {
  const ends: (() => void)[] = []
  let running = 0
  let most = 0
  const started: number[] = []
  const job = (number: number) => async () => {
    started.push(number)
    running += 1
    most = Math.max(most, running)
    await new Promise<void>((end) => ends.push(end))
    running -= 1
    return number
  }
  return { job, ends, started, most: () => most }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('The queue of password hashes', () => {
  it('V15.2.2 runs so many at once and not one more, in the order in which they came', async () => {
    const queue = createQueue({ atOnce: 2, waiting: 10, longestWait: seconds(10) })
    const { job, ends, started, most } = jobs()
    const results = [1, 2, 3, 4, 5].map((number) => queue.run(job(number)))
    await settle()
    expect(started).toEqual([1, 2])
    while (started.length < 5 || ends.length > 0) {
      ends.shift()?.()
      await settle()
    }
    expect(await Promise.all(results)).toEqual([1, 2, 3, 4, 5])
    expect(started).toEqual([1, 2, 3, 4, 5])
    expect(most()).toBe(2)
  })

  it('refuses at once when it is full, and takes again when a place is free', async () => {
    const queue = createQueue({ atOnce: 1, waiting: 1, longestWait: seconds(10) })
    const { job, ends } = jobs()
    const first = queue.run(job(1))
    const second = queue.run(job(2))
    await expect(queue.run(job(3))).rejects.toBeInstanceOf(Busy)
    await settle()
    ends.shift()?.()
    await first
    const fourth = queue.run(job(4))
    await settle()
    while (ends.length > 0) {
      ends.shift()?.()
      await settle()
    }
    expect(await second).toBe(2)
    expect(await fourth).toBe(4)
  })

  it('V2.4.1 V15.2.2 lets one client neither keep the others waiting nor take all places', async () => {
    const queue = createQueue({ atOnce: 1, waiting: 4, longestWait: seconds(10) })
    const { job, ends, started } = jobs()
    const greedy = Promise.allSettled([1, 2, 3, 4, 5].map((number) => queue.run(job(number), 'greedy')))
    await expect(queue.run(job(6), 'greedy')).rejects.toBeInstanceOf(Busy)
    const others = [queue.run(job(7), 'one'), queue.run(job(8), 'other')]
    // Two for the greedy one, one for each of the others: nobody has fewer than they would get by pushing.
    await expect(queue.run(job(9), 'greedy')).rejects.toBeInstanceOf(Busy)
    await settle()
    while (ends.length > 0) {
      ends.shift()?.()
      await settle()
    }
    expect(await Promise.all(others)).toEqual([7, 8])
    expect(started).toEqual([1, 2, 7, 8, 3])
    expect((await greedy).map(({ status }) => status === 'fulfilled')).toEqual([true, true, true, false, false])
  })

  it('gives the place of a job that failed to the next', async () => {
    const queue = createQueue({ atOnce: 1, waiting: 5, longestWait: seconds(10) })
    const failing = queue.run(() => Promise.reject(new Error('no memory')))
    const next = queue.run(async () => 'done')
    await expect(failing).rejects.toThrow('no memory')
    expect(await next).toBe('done')
  })

  it('V15.2.2 refuses anyone who waited too long, even where the hash before them never ends, and serves those behind', async () => {
    const queue = createQueue({ atOnce: 1, waiting: 1, longestWait: 5 })
    const { job, ends } = jobs()
    const first = queue.run(job(1))
    await expect(queue.run(job(2))).rejects.toThrow('waited too long')
    // Their place in the line is free again.
    const next = queue.run(job(3))
    ends.shift()?.()
    expect(await first).toBe(1)
    await settle()
    ends.shift()?.()
    expect(await next).toBe(3)
  })
})
