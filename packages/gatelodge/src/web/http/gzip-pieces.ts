// A gzip file made of pieces: what never changes was compressed once, the words between stand in it as they are. That
// takes a tenth of the time; and what is secret or someone's own is never compressed together with anything (BREACH).
import { constants, crc32, deflateRawSync } from 'node:zlib'

export interface Piece {
  plain: string
  /** Of the plain text, in bytes. */
  size: number
  deflated: Buffer
}

/** RFC 1951: ends at a byte's end, so that something else can follow. */
export function deflatePiece(plain: string): Piece {
  const deflated = deflateRawSync(plain, { level: 9, finishFlush: constants.Z_SYNC_FLUSH })
  return { plain, size: Buffer.byteLength(plain), deflated }
}

/** The pieces with the words between them. @param words one fewer than pieces. */
export function plainOf(pieces: Piece[], words: string[]): string {
  let plain = ''
  for (let index = 0; index < pieces.length; index += 1) plain += (pieces[index]?.plain ?? '') + (words[index] ?? '')
  return plain
}

/**
 * RFC 1952: a header, the pieces with the words between them, the sum and the length of it all. Written into one buffer: that
 * is quicker than putting many together.
 * @param words one fewer than pieces, each shorter than 64 KiB.
 */
export function gzipOf(pieces: Piece[], words: string[]): Uint8Array<ArrayBuffer> {
  const plain = encoded(plainOf(pieces, words))
  const bytes = Buffer.allocUnsafe(sizeOf(pieces, words, plain.length))
  let at = header.copy(bytes)
  for (let index = 0; index < pieces.length; index += 1) {
    at += pieces[index]?.deflated.copy(bytes, at) ?? 0
    const word = words[index]
    if (word) at = storeWord(bytes, at, word)
  }
  at += lastBlock.copy(bytes, at)
  at = bytes.writeUInt32LE(crc32(plain), at)
  at = bytes.writeUInt32LE(plain.length, at)
  return bytes
}

const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])
/** An empty block that says it is the last. */
const lastBlock = Buffer.from([1, 0, 0, 0xff, 0xff])
const end = 8

/** What stands before bytes that are not compressed: that they are not, their number, and its complement. */
const storedHead = 5

function sizeOf(pieces: Piece[], words: string[], plainSize: number): number {
  let bytes = header.length + lastBlock.length + end + plainSize
  for (const { size, deflated } of pieces) bytes += deflated.length - size
  for (const word of words) if (word) bytes += storedHead
  return bytes
}

/** For one page after the other: a new one each time would cost more than what is written into it. */
let desk = Buffer.alloc(0)

/** Good until the next call. A character of JavaScript has three bytes at most. */
function encoded(text: string): Buffer {
  if (desk.length < 3 * text.length) desk = Buffer.alloc(3 * text.length)
  return desk.subarray(0, desk.write(text))
}

function storeWord(bytes: Buffer, at: number, word: string): number {
  const length = bytes.write(word, at + storedHead)
  bytes[at] = 0
  bytes.writeUInt16LE(length, at + 1)
  bytes.writeUInt16LE(length ^ 0xffff, at + 3)
  return at + storedHead + length
}
