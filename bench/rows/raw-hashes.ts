// What the machine can hash with nothing around it, with the product's own parameters.
import { availableParallelism } from 'node:os'
import { type Algorithm, hash, verify } from '@node-rs/argon2'

const argon2id = 2 as Algorithm.Argon2id
export const parameters = { algorithm: argon2id, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 }

const password = 'violet tram lamp'
const known = await hash(password, parameters)

/** The two things that the product does with a password. */
export const hashing = {
  hash: () => hash(password, parameters),
  verify: () => verify(known, password),
}

/** All of the machine. */
export const cores = availableParallelism()

/** As many as the product hashes at once by default: one core stays free for everything else. */
export const ourShare = Math.max(1, cores - 1)

/** Hashes per second, so many at once. */
export async function hashesPerSecond(one: () => Promise<unknown>, atOnce: number, duration: number): Promise<number> {
  const started = performance.now()
  let done = 0
  const worker = async () => {
    while (performance.now() - started < duration) {
      await one()
      done += 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return done / ((performance.now() - started) / 1000)
}
