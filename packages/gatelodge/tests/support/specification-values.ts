// The values of a test vector of WebAuthn Level 3: one after another from HKDF, each with a salt of its own.
import { hkdfSync } from 'node:crypto'

export function derivation(info: string, first = 0): (length: number) => Buffer {
  let salt = first
  return (length) => Buffer.from(hkdfSync('sha256', 'WebAuthn test vectors', Buffer.from([salt++]), info, length))
}
