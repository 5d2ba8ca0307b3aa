// argon2id (RFC 9106), through the queue.
import { randomBytes } from 'node:crypto'
import type { Algorithm } from '@node-rs/argon2'
import { networkOf } from '../attempts/network.ts'
import { type ForeignHash, isForeign } from './foreign/recipe.ts'
import type { ForeignFormats } from './foreign-formats.ts'
import { longestTyped } from './length.ts'
import type { Queue } from './queue.ts'
import { letPagesGoFirst } from './thread-priority.ts'

/** `ok-and-rehash`: the password is right, and its hash was made with other parameters than those in force, or elsewhere. */
export type Verdict = 'ok' | 'ok-and-rehash' | 'no'

export interface HashParameters {
  /** In bytes. */
  memory: number
  passes: number
}

export interface Hashing {
  /** @param client the address that asks, as in all of these. @returns a PHC string with a fresh 16-byte salt. @throws {Busy} */
  hash(password: string, client?: string): Promise<string>
  /**
   * With the salt and the parameters of a hash that is known, so that one look at a set of hashes tells which of them it is.
   * For random codes, never for passwords. @throws {Busy}
   */
  hashLike(text: string, known: string, client?: string): Promise<string>
  /** Puts a weak hash of another system inside one of ours. @throws {Busy} */
  wrap(weak: ForeignHash): Promise<ForeignHash>
  /**
   * Costs one hash whether or not there is one to compare with (`undefined`: an unknown address). While hashes of other
   * systems are left, a refusal takes as long as the slowest of them.
   * @param isRefused whatever the password is, the answer will be a refusal. @throws {Busy}
   */
  verify(password: string, hash: string | undefined, client?: string, isRefused?: boolean): Promise<Verdict>
}

// The package declares a const enum, which isolated modules cannot read.
const argon2id = 2 as Algorithm.Argon2id

/** @param onUnreadable a hash that is none was stored: nobody gets in with it, and an operator has to know. */
export function createHashing(
  queue: Queue,
  { memory, passes }: HashParameters,
  onUnreadable: () => void = () => {},
  foreign?: Pick<ForeignFormats, 'fits' | 'untilRefusal'>,
): Hashing {
  const memoryCost = Math.floor(memory / 1024)
  const options = { algorithm: argon2id, memoryCost, timeCost: passes, parallelism: 1, outputLen: 32 }
  const prefix = `$argon2id$v=19$m=${memoryCost},t=${passes},p=1$`
  const nobodys = prefix + [randomBytes(16), randomBytes(32)].map(unpadded).join('$')

  const run = <T>(job: (argon2: Argon2) => Promise<T>, client = '') =>
    queue.run(async () => {
      const argon2 = await loadArgon2()
      const result = job(argon2)
      letPagesGoFirst()
      return result
    }, networkOf(client))

  async function fits({ verify }: Argon2, known: string, typed: string): Promise<boolean> {
    try {
      return await verify(known, typed)
    } catch {
      // Costs as much as any other wrong one. Where it is the machine that cannot hash, this throws as well.
      await verify(nobodys, typed)
      onUnreadable()
      return false
    }
  }

  return {
    hash: (password, client) => run(({ hash }) => hash(canonical(password), options), client),
    hashLike: (text, known, client) => run(({ hash }) => hash(text, optionsOf(known)), client),
    wrap: (weak) =>
      run(async () => (await import('./foreign/verify.ts')).wrapped(weak, { memoryCost, timeCost: passes })),
    async verify(password, known, client, isRefused = false) {
      // The same work for an unknown address: its answer must not come sooner (ASVS V6.3.8).
      // What is longer than any password is compared as nothing: normalising it would hold up everyone.
      const isTooLong = password.length > longestTyped
      const typed = isTooLong ? '' : canonical(password)
      let began = 0
      const compare = async (argon2: Argon2) => {
        began = performance.now()
        // Other systems hash what the browser sent, in whatever form.
        if (known && foreign && isForeign(known)) return foreign.fits(isTooLong ? '' : password, known)
        return fits(argon2, known ?? nobodys, typed)
      }
      const isRight = await run(compare, client)
      const verdict = !isRight || isTooLong || known === undefined ? 'no' : 'ok'
      if (verdict === 'no' || isRefused) await foreign?.untilRefusal(began)
      if (verdict === 'no') return 'no'
      return known?.startsWith(prefix) ? 'ok' : 'ok-and-rehash'
    },
  }
}

/** Those that it was made with. @throws {Error} for text that is no hash of ours. */
function optionsOf(known: string) {
  const [, memoryCost, timeCost, salt] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([\w+/]+)\$/.exec(known) ?? []
  if (!salt) throw new Error('a hash of a recovery code is none')
  const parameters = { memoryCost: Number(memoryCost), timeCost: Number(timeCost), parallelism: 1, outputLen: 32 }
  return { algorithm: argon2id, ...parameters, salt: Buffer.from(salt, 'base64') }
}

type Argon2 = typeof import('@node-rs/argon2')

let argon2: Promise<Argon2> | undefined

/** With the first password: it is native code, and some 5 MB that a start does without. */
function loadArgon2(): Promise<Argon2> {
  argon2 ??= import('@node-rs/argon2').catch((cause) => {
    argon2 = undefined
    throw new Error(
      'Passwords cannot be hashed: @node-rs/argon2 could not be loaded. Install Gatelodge again, on a machine like this one.',
      { cause },
    )
  })
  return argon2
}

/** NFC and nothing else, so that a password typed on another keyboard still fits (NIST SP 800-63B-4, 3.1.1.2). */
function canonical(password: string): string {
  return password.normalize('NFC')
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
