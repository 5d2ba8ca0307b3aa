// Recovery codes: 80 random bits each, hashed with argon2id. One salt for a set, so that one hash tells which of them it is.
import { Secret } from 'otpauth'
import { newId } from '../ids.ts'
import type { Hashing } from '../passwords/hashing.ts'
import { isSame, random } from '../sealing.ts'
import { recoveryCodesMade } from './limits.ts'

export interface HashedCode {
  id: Buffer
  hash: string
}

export interface RecoveryCodes {
  /** As people read them, `abcd-efgh-ijkl-mnop`. Shown once, and stored nowhere. */
  codes: string[]
  hashed: HashedCode[]
}

/** @param client the address that asks. @throws {Busy} where too much is being hashed. */
export async function makeRecoveryCodes(hashing: Hashing, client: string): Promise<RecoveryCodes> {
  const codes = Array.from({ length: recoveryCodesMade }, newCode)
  const [first = ''] = codes
  const hashed: HashedCode[] = [{ id: newId(), hash: await hashing.hash(first, client) }]
  const [{ hash: known = '' } = {}] = hashed
  for (const code of codes.slice(1)) hashed.push({ id: newId(), hash: await hashing.hashLike(code, known, client) })
  return { codes: codes.map((code) => grouped(code)), hashed }
}

/** @param typed as readRecoveryCode() gave it. @returns which of them it is. @throws {Busy} */
export async function findRecoveryCode(
  hashing: Hashing,
  hashed: HashedCode[],
  typed: string,
  client: string,
): Promise<HashedCode | undefined> {
  const [first] = hashed
  if (!first) return undefined
  const hash = await hashing.hashLike(typed, first.hash, client)
  return hashed.find((one) => isSame(one.hash, hash))
}

function newCode(): string {
  return new Secret({ buffer: new Uint8Array(random(10)).buffer }).base32.toLowerCase()
}

/** In groups of four. */
export function grouped(code: string, between = '-'): string {
  return (code.match(/.{1,4}/g) ?? []).join(between)
}
