// Pages are compressed as they are sent, synchronously: a page takes some 50 µs, and zlib's own threads are the ones that
// the password hashes fill.
import { gzipSync } from 'node:zlib'

/** Below this a page fits one packet anyway. */
const least = 1_000

/** @returns the body as it should be sent, and its encoding if it was compressed. */
export function compressed(
  body: string,
  acceptEncoding: string | undefined,
): { body: string | Uint8Array<ArrayBuffer>; encoding?: string } {
  if (body.length < least || !takesGzip(acceptEncoding)) return { body }
  return { body: gzipSync(body, { level: 4 }) as Uint8Array<ArrayBuffer>, encoding: 'gzip' }
}

export function takesGzip(acceptEncoding: string | undefined): boolean {
  return acceptEncoding !== undefined && /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(acceptEncoding)
}
