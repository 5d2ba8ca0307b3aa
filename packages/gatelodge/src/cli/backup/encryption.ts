// A file that only a passphrase opens. argon2id makes the key; AES-256-GCM seals one piece after the other. A piece knows its
// number and whether it is the last (STREAM, Hoang, Reyhanitabar, Rogaway and Vizár, 2015), so pieces that were moved, left out,
// repeated or cut off at the end are refused. docs/decisions/0035-backup-format.md
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Algorithm } from '@node-rs/argon2'
import { z } from 'zod'
import { altered, BackupFault, truncated } from './fault.ts'
import { jsonOf } from './manifest.ts'

export const encryptedName = 'gatelodge-backup-encrypted'

/** Bytes of one piece before it is sealed. */
const pieceSize = 64 * 1024
const tagLength = 16
/** Bytes of the first line, at most. */
export const longestHead = 1024

/** RFC 9106, section 4, the second recommendation: 64 MiB, 3 passes, 4 lanes. Each file has a salt, and so a key, of its own. */
const recommended = { memory: 65_536, passes: 3, lanes: 4 }

/** What a file may ask of this machine, since anyone can make one: 1 GiB and 16 passes. */
const head = z.object({
  format: z.literal(encryptedName),
  version: z.literal(1),
  kdf: z.literal('argon2id'),
  memory: z.int().min(8_192).max(1_048_576),
  passes: z.int().min(1).max(16),
  lanes: z.int().min(1).max(16),
  salt: z.base64url().length(22),
})

/** The file of a passphrase: its first line, and what seals all that comes behind it. */
export async function encryption(
  passphrase: string,
  cost: Omit<KeyParameters, 'salt'> = recommended,
): Promise<{
  head: Buffer
  seal(plain: AsyncIterable<Buffer>): AsyncGenerator<Buffer>
}> {
  const salt = randomBytes(16)
  const fields = { format: encryptedName, version: 1, kdf: 'argon2id', ...cost, salt: salt.toString('base64url') }
  const line = Buffer.from(`${JSON.stringify(fields)}\n`)
  const key = await keyFrom(passphrase, { ...cost, salt })
  return { head: line, seal: (plain) => sealed(key, line, plain) }
}

/** @param line the first of the file, with its line break. @throws {BackupFault} for a file that this version cannot open. */
export async function decryption(passphrase: string, line: Buffer) {
  const { data } = head.safeParse(jsonOf(line.toString()))
  if (!data)
    throw new BackupFault(
      'The first line of this file is not one that this version of Gatelodge knows. Update Gatelodge first.',
    )
  const key = await keyFrom(passphrase, { ...data, salt: Buffer.from(data.salt, 'base64url') })
  return (chunks: AsyncIterable<Buffer>) => opened(key, line, chunks)
}

interface KeyParameters {
  /** In KiB. */
  memory: number
  passes: number
  lanes: number
  salt: Buffer
}

async function keyFrom(passphrase: string, { memory, passes, lanes, salt }: KeyParameters): Promise<Buffer> {
  const { hashRaw } = await import('@node-rs/argon2')
  const algorithm = 2 as Algorithm.Argon2id
  const options = { algorithm, memoryCost: memory, timeCost: passes, parallelism: lanes, outputLen: 32, salt }
  return hashRaw(passphrase.normalize('NFC'), options)
}

async function* sealed(key: Buffer, line: Buffer, plain: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let number = 0
  for await (const { piece, isLast } of pieces(plain, pieceSize)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, isLast), { authTagLength: tagLength }).setAAD(
      line,
    )
    yield Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()])
    number += 1
  }
}

async function* opened(key: Buffer, line: Buffer, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let number = 0
  for await (const { piece, isLast } of pieces(chunks, pieceSize + tagLength)) {
    const plain = open(key, line, piece, nonceOf(number, isLast))
    // Sealed as one in the middle: what came behind it is gone.
    if (!plain && isLast && open(key, line, piece, nonceOf(number, false))) throw new BackupFault(truncated)
    if (!plain && number === 0) throw new BackupFault('The passphrase is wrong, or the file was cut off or altered.')
    if (!plain) throw new BackupFault(isLast ? `${truncated} Or it was altered there.` : altered)
    yield plain
    number += 1
  }
}

function open(key: Buffer, line: Buffer, piece: Buffer, nonce: Buffer): Buffer | undefined {
  if (piece.length < tagLength) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength }).setAAD(line)
  decipher.setAuthTag(piece.subarray(-tagLength))
  try {
    return Buffer.concat([decipher.update(piece.subarray(0, -tagLength)), decipher.final()])
  } catch {
    return undefined
  }
}

/** 96 bits: the number of the piece, and 1 for the last. The key is used for one file, so none comes twice. */
function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(number, 5, 6)
  nonce.writeUInt8(isLast ? 1 : 0, 11)
  return nonce
}

/** Cut into pieces of one size; the last may be shorter, and there always is one. */
async function* pieces(
  chunks: AsyncIterable<Buffer>,
  size: number,
): AsyncGenerator<{ piece: Buffer; isLast: boolean }> {
  let held: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    // The last is known only when nothing comes behind it.
    for (; held.length > size; held = held.subarray(size)) yield { piece: held.subarray(0, size), isLast: false }
  }
  yield { piece: held, isLast: true }
}
