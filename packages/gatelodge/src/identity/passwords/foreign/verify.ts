// Whether a typed password fits a foreign hash. Loaded only where the table holds one.
import type { Algorithm } from '@node-rs/argon2'
import { isSame } from '../../sealing.ts'
import { isAffordable } from './limits.ts'
import { base64, type ForeignHash, parseStored } from './recipe.ts'
import { type Open, runSteps } from './steps.ts'

/** A format that the code of a site knows. */
export interface PasswordVerifier {
  /** Small letters, digits and `-`, 40 at most: the import says `own:NAME`. */
  name: string
  /**
   * @param hash as it was imported.
   * @returns whether the password fits. Answer within five seconds; what is thrown is logged, and the password is wrong.
   */
  verify(password: string, hash: string): boolean | Promise<boolean>
}

/** The password is given as typed: other systems hash what the browser sent. @throws {Error} for what cannot be read. */
export async function fitsForeign(
  typed: string,
  stored: string,
  open: Open,
  verifiers: readonly PasswordVerifier[] = [],
): Promise<boolean> {
  const hash = parseStored(stored)
  if (!isAffordable(hash)) throw new Error('a foreign hash costs more than is allowed')
  if (hash.own) return fitsOwn(typed, hash.own, verifiers)
  const value = await runSteps(hash.by, Buffer.from(typed), open)
  if (hash.is !== undefined) return isSame(base64(value), hash.is)
  const phc = hash.phc ?? ''
  if (phc.startsWith('$2')) return fitsBcrypt(value, phc)
  const { verify } = await import('@node-rs/argon2')
  return verify(phc, value)
}

/**
 * Only 72 bytes count in bcrypt, as they did there. A NUL ended a password in many programs and nowhere else, so none with it
 * fits. `$2x$` is the hash of a program that mixed up characters beyond ASCII: those passwords do not match any more.
 */
async function fitsBcrypt(value: Buffer, phc: string): Promise<boolean> {
  const { verify } = await import('@node-rs/bcrypt')
  const isReadable = !value.includes(0) && !(phc.startsWith('$2x$') && value.some((byte) => byte > 127))
  const fits = await verify(value.subarray(0, 72), phc.replace(/^\$2[axy]\$/, '$2b$'))
  return fits && isReadable
}

async function fitsOwn(
  typed: string,
  { name, hash }: { name: string; hash: string },
  all: readonly PasswordVerifier[],
) {
  const verifier = all.find((one) => one.name === name)
  if (!verifier) throw new Error(`no passwordVerifiers entry has the name ${name}`)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the password verifier ${name} did not answer`)), 5_000)
  })
  try {
    return (await Promise.race([verifier.verify(typed, hash), late])) === true
  } finally {
    clearTimeout(timer)
  }
}

/** What the argon2id around a weak hash costs (RFC 9106). */
export interface WrapParameters {
  /** KiB. */
  memoryCost: number
  /** Passes over the memory. */
  timeCost: number
}

/**
 * The same hash inside argon2id: what stands in the table is as slow to guess through as one of ours, and a typed password is
 * still compared by way of the old one.
 */
export async function wrapped(weak: ForeignHash, parameters: WrapParameters): Promise<ForeignHash> {
  const { hash } = await import('@node-rs/argon2')
  const algorithm = 2 as Algorithm.Argon2id
  const phc = await hash(weak.is ?? '', { algorithm, ...parameters, parallelism: 1, outputLen: 32 })
  return { by: [...weak.by, ['base64']], phc }
}
