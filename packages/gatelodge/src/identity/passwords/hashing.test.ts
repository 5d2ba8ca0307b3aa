import { describe, expect, it, vi } from 'vitest'
import { createHashing } from './hashing.ts'
import type { Queue } from './queue.ts'

/** Counts what is hashed. */
function counted() {
  let jobs = 0
  const queue: Queue = {
    async run(job) {
      jobs += 1
      return job()
    },
  }
  return { hashing: createHashing(queue, { memory: 64 * 1024, passes: 1 }), jobs: () => jobs }
}

describe('A password hash', () => {
  it('is another each time, and fits its own password only', async () => {
    const { hashing } = counted()
    const [one, other] = await Promise.all([hashing.hash('violet tram lamp'), hashing.hash('violet tram lamp')])
    expect(one).not.toBe(other)
    expect(await hashing.verify('violet tram lamp', one)).toBe('ok')
    expect(await hashing.verify('violet tram lamq', one)).toBe('no')
    expect(await hashing.verify('', one)).toBe('no')
  })

  it.each([
    ['72 bytes', 'x'.repeat(72), 'x'.repeat(73)],
    ['128 bytes', 'x'.repeat(128), 'x'.repeat(129)],
    ['a NUL', 'violet', 'violet\0tram'],
    ['1023 bytes', 'x'.repeat(1023), 'x'.repeat(1024)],
  ])('V6.2.8 does not end after %s', async (_, short, long) => {
    const { hashing } = counted()
    expect(await hashing.verify(long, await hashing.hash(short))).toBe('no')
    expect(await hashing.verify(short, await hashing.hash(long))).toBe('no')
    expect(await hashing.verify(long, await hashing.hash(long))).toBe('ok')
  })

  it('V1.3.12 fits nothing longer than any password: that is not hashed, and takes the same time', async () => {
    const { hashing, jobs } = counted()
    const long = `a${'\u0301\u0316'.repeat(16_000)}`
    const normalize = vi.spyOn(String.prototype, 'normalize')
    expect(await hashing.verify(long, await hashing.hash(''))).toBe('no')
    expect([jobs(), normalize.mock.contexts.map(String)]).toEqual([2, ['']])
    vi.restoreAllMocks()
  })

  it('V6.3.8 costs one verification for nobody too', async () => {
    const { hashing, jobs } = counted()
    expect(await hashing.verify('violet tram lamp', undefined)).toBe('no')
    expect(jobs()).toBe(1)
  })

  it('V11.2.2 says when it was made with other parameters', async () => {
    const { hashing } = counted()
    const stronger = createHashing({ run: (job) => job() }, { memory: 128 * 1024, passes: 2 })
    expect(await stronger.verify('violet tram lamp', await hashing.hash('violet tram lamp'))).toBe('ok-and-rehash')
    expect(await stronger.verify('wrong tram lamp', await hashing.hash('violet tram lamp'))).toBe('no')
  })

  it.each([
    ['nothing', ''],
    ['words', 'not a hash'],
    ['one of bcrypt', `$2b$10$${'a'.repeat(53)}`],
    ['half of one', '$argon2id$v=19$m=64,t=1,p=1$'],
  ])(
    'V6.3.8 V16.5.3 that is %s fits no password, takes the time of a valid one, and is reported',
    async (_, stored) => {
      let told = 0
      const hashing = createHashing({ run: (job) => job() }, { memory: 64 * 1024, passes: 1 }, () => {
        told += 1
      })
      expect(await hashing.verify('violet tram lamp', stored)).toBe('no')
      expect(told).toBe(1)
    },
  )
})
