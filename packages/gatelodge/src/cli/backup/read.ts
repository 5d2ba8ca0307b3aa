// Opens a backup as lines of text, whether it is encrypted or not, and says of anything else why it is none.
import { createReadStream, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { linesOf } from '../import/read/lines.ts'
import { decryption, encryptedName, longestHead } from './encryption.ts'
import { altered, BackupFault, truncated } from './fault.ts'

/** Bytes of one line: more than any row has, since a text column holds 64 KiB. Read as JSON it may take fifty times as much memory. */
const longestLine = 4 * 1024 * 1024

export interface BackupFile {
  /** Of the file, in bytes. */
  size: number
  /** Its lines, from the first, as often as they are asked for. @param onBytes is called with the bytes that were read. */
  lines(onBytes?: (read: number) => void): AsyncGenerator<string>
}

/** @param askPassphrase is called for an encrypted one. @returns undefined where it gave none. @throws {BackupFault} */
export async function openBackup(
  path: string,
  askPassphrase: () => Promise<string | undefined>,
): Promise<BackupFile | undefined> {
  const { size } = statSync(path)
  const head = await beginning(path)
  const isCompressed = head[0] === 0x1f && head[1] === 0x8b
  const isEncrypted = !isCompressed && head.toString('latin1').startsWith(`{"format":"${encryptedName}"`)
  if (!isCompressed && !isEncrypted) throw new BackupFault(size === 0 ? truncated : 'This is no backup of Gatelodge.')
  if (isCompressed) return { size, lines: (onBytes) => unpacked(chunksOf(path, 0, onBytes)) }
  const end = head.indexOf(10) + 1
  if (end === 0) throw new BackupFault(truncated)
  const passphrase = await askPassphrase()
  if (passphrase === undefined) return undefined
  const decrypt = await decryption(passphrase, head.subarray(0, end))
  return { size, lines: (onBytes) => unpacked(decrypt(chunksOf(path, end, onBytes))) }
}

async function beginning(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(longestHead), 0, longestHead, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

async function* chunksOf(path: string, start: number, onBytes?: (read: number) => void): AsyncGenerator<Buffer> {
  let read = start
  for await (const chunk of createReadStream(path, { start })) {
    yield chunk as Buffer
    read += (chunk as Buffer).length
    onBytes?.(read)
  }
}

async function* unpacked(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  try {
    for await (const { text } of linesOf(gunzipped(chunks), longestLine)) {
      if (text === undefined) throw new BackupFault(altered)
      yield text
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'Z_BUF_ERROR') throw new BackupFault(truncated)
    if (code?.startsWith('Z_')) throw new BackupFault(altered)
    throw error
  }
}

async function* gunzipped(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip()
  // Not pipeline(), so that a fault of what is read comes out here as the fault that it is.
  const packed = Readable.from(chunks).on('error', (error) => gunzip.destroy(error))
  packed.pipe(gunzip)
  try {
    yield* gunzip as AsyncIterable<Buffer>
  } finally {
    packed.destroy()
    gunzip.destroy()
  }
}
