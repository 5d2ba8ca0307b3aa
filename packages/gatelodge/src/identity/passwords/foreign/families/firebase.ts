// Firebase: scrypt makes a key, and what is compared is the project's signer key under it. Signer key and separator belong to
// the project and stand in no row, but for `$firescrypt$` (Ory Kratos) and `$fbscrypt$` (Supabase).
import { type Family, type FirebaseKey, fromBase64 } from '../given.ts'
import { base64, type ForeignHash } from '../recipe.ts'

export const firebase: Family = ({ hash, salt = '' }, { firebase: key }) => (key ? read(hash, salt, key) : 'needs-key')

/**
 * AES in counter mode only adds a stream of bytes to the signer key. That stream is stored, so the signer key is not needed
 * any more, and no row holds it.
 */
function read(hash: string, salt: string, { signerKey, saltSeparator, rounds, memory }: FirebaseKey) {
  const [sealed, signer] = [fromBase64(hash), fromBase64(signerKey)]
  const [saltBytes, separator] = [fromBase64(salt), fromBase64(saltSeparator)]
  if (!sealed || !signer || !saltBytes || !separator || sealed.length !== signer.length || sealed.length < 16)
    return 'malformed'
  const stream = sealed.map((byte, at) => byte ^ (signer[at] ?? 0))
  const whole = base64(Buffer.concat([saltBytes, separator]))
  return {
    by: [
      ['scrypt', { cost: 2 ** memory, blocks: rounds, parallel: 1, salt: whole, bytes: 32 }],
      ['aes-256-ctr', sealed.length],
    ],
    is: base64(stream),
  } satisfies ForeignHash
}

/** The same with everything in the text. */
export const firebaseText: Family = ({ hash }) => {
  const kratos = /^\$firescrypt\$ln=(\d+),r=(\d+),p=1\$([^$]+)\$([^$]+)\$([^$]*)\$([^$]+)$/.exec(hash)
  if (kratos) {
    const [, memory, rounds, salt = '', digest = '', saltSeparator = '', signerKey = ''] = kratos
    return read(digest, salt, { signerKey, saltSeparator, rounds: Number(rounds), memory: Number(memory) })
  }
  const [, numbers = '', salt = '', digest = ''] = /^\$fbscrypt\$([^$]+)\$([^$]+)\$([^$]+)$/.exec(hash) ?? []
  const [, memory, rounds] = /\bn=(\d+),r=(\d+),p=1\b/.exec(numbers) ?? []
  if (!memory) return /^\$f(?:ire|b)scrypt\$/.test(hash) ? 'malformed' : undefined
  const saltSeparator = /\bss=([^,]*)/.exec(numbers)?.[1] ?? ''
  const signerKey = /\bsk=([^,]*)/.exec(numbers)?.[1] ?? ''
  return read(digest, salt, { signerKey, saltSeparator, rounds: Number(rounds), memory: Number(memory) })
}
