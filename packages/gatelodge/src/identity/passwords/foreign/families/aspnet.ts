// ASP.NET Identity: base64 of a version, parameters, salt and key.
import { type Family, fromBase64 } from '../given.ts'
import { base64 } from '../recipe.ts'

const algorithms = ['sha1', 'sha256', 'sha512'] as const

/** Version 2 (byte 0): PBKDF2 with SHA-1, 1000 rounds, 16 bytes of salt, 32 of key. Version 3 (byte 1) tells all of it. */
export const aspnet: Family = ({ hash }) => {
  const bytes = /^A[A-Za-z\d+/]{60,}={0,2}$/.test(hash) ? fromBase64(hash) : undefined
  if (!bytes) return undefined
  if (bytes[0] === 0 && bytes.length === 49) return pbkdf2('sha1', 1000, bytes.subarray(1, 17), bytes.subarray(17))
  if (bytes[0] !== 1 || bytes.length < 45) return undefined
  const algorithm = algorithms[bytes.readUInt32BE(1)]
  const [rounds, saltLength] = [bytes.readUInt32BE(5), bytes.readUInt32BE(9)]
  const end = 13 + saltLength
  if (!algorithm || saltLength < 16 || bytes.length < end + 16) return 'malformed'
  return pbkdf2(algorithm, rounds, bytes.subarray(13, end), bytes.subarray(end))
}

function pbkdf2(algorithm: (typeof algorithms)[number], rounds: number, salt: Buffer, key: Buffer) {
  const how = { rounds, salt: base64(salt), bytes: key.length }
  return { by: [['pbkdf2', algorithm, how]] as [['pbkdf2', typeof algorithm, typeof how]], is: base64(key) }
}
