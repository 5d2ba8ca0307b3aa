// What a foreign hash may cost. Its costs come from a file or from the table: one row must not ask for 4 GiB or for a minute.
import type { ForeignHash, HashStep } from './recipe.ts'

const mebibyte = 1024 ** 2

export const foreignLimits = {
  /** Bytes of memory for one scrypt or argon2. */
  memory: 256 * mebibyte,
  /** Bytes of memory times passes (argon2), or times parallelism (scrypt). */
  memoryWork: 1024 * mebibyte,
  /** 2^14 rounds. */
  bcryptCost: 14,
  pbkdf2Rounds: 2_000_000,
  /** Rounds of a plain hash: phpass, Drupal, Symfony, crypt(3). */
  chainRounds: 500_000,
  /** In characters, of what stands in the table. */
  stored: 1_000,
}

/** Whether all of it stays within the limits. */
export function isAffordable({ by, phc }: ForeignHash): boolean {
  return by.length <= 10 && by.every(isAffordableStep) && (phc === undefined || isAffordablePhc(phc))
}

function isAffordableStep(step: HashStep): boolean {
  if (step[0] === 'chain') return isCount(step[2].rounds, foreignLimits.chainRounds)
  if (step[0] === 'sha-crypt') return isCount(step[1].rounds, foreignLimits.chainRounds)
  if (step[0] === 'pbkdf2') return isCount(step[2].rounds, foreignLimits.pbkdf2Rounds) && isCount(step[2].bytes, 64)
  return step[0] === 'scrypt' ? isAffordableScrypt(step[1]) : true
}

function isAffordableScrypt({ cost, blocks, parallel, bytes }: Extract<HashStep, ['scrypt', object]>[1]): boolean {
  const isPower = Number.isInteger(Math.log2(cost)) && cost > 1
  if (!isPower || !isCount(blocks, 64) || !isCount(parallel, 64) || !isCount(bytes, 128)) return false
  const memory = 128 * cost * blocks
  return memory <= foreignLimits.memory && memory * parallel <= foreignLimits.memoryWork
}

function isAffordablePhc(phc: string): boolean {
  const bcrypt = /^\$2[abxy]\$(\d\d)\$/.exec(phc)
  if (bcrypt) return Number(bcrypt[1]) >= 4 && Number(bcrypt[1]) <= foreignLimits.bcryptCost
  const [, memory, passes, parallel] = /^\$argon2\w+\$v=\d+\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(phc) ?? []
  const bytes = Number(memory) * 1024
  if (!isCount(Number(passes), 1000) || !isCount(Number(parallel), 64) || !(bytes >= 8 * 1024)) return false
  return bytes <= foreignLimits.memory && bytes * Number(passes) <= foreignLimits.memoryWork
}

function isCount(value: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= 1 && value <= most
}

/**
 * Whether a stolen table of them would be guessed through quickly: such a hash is wrapped in argon2id before it is stored. Weak
 * are single digests, everything on MD5, and chains and PBKDF2 of fewer rounds than these.
 */
export function isWeak({ by, phc, own }: ForeignHash): boolean {
  return phc === undefined && own === undefined && !by.some(isSlow)
}

function isSlow(step: HashStep): boolean {
  if (step[0] === 'scrypt') return 128 * step[1].cost * step[1].blocks >= 4 * mebibyte
  if (step[0] === 'pbkdf2') return step[2].rounds >= 10_000
  if (step[0] === 'chain') return step[1] !== 'md5' && step[2].rounds >= 10_000
  return step[0] === 'sha-crypt' && step[1].rounds >= 5_000
}
