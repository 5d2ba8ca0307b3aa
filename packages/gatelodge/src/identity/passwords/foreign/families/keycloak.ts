// Keycloak's realm export: `secretData` and `credentialData`, each JSON in a string.
import { type Family, fromBase64 } from '../given.ts'
import { base64, type ForeignHash } from '../recipe.ts'

interface Secret {
  value?: unknown
  salt?: unknown
}

interface Parameters {
  hashIterations?: unknown
  algorithm?: unknown
  additionalParameters?: Record<string, unknown>
}

export const keycloak: Family = ({ hash, parameters = '' }) => {
  const [secret, how] = [parsed(hash) as Secret | undefined, parsed(parameters) as Parameters | undefined]
  if (!secret || !how || typeof secret.value !== 'string' || typeof secret.salt !== 'string') return 'malformed'
  const [is, salt] = [fromBase64(secret.value), fromBase64(secret.salt)]
  const { algorithm, hashIterations } = how
  if (!is || is.length < 16 || !salt || typeof algorithm !== 'string') return 'malformed'
  if (algorithm === 'argon2') return argon2(is, salt, how)
  // "pbkdf2" alone is SHA-1.
  const digest = /^pbkdf2(?:-(sha1|sha256|sha512))?$/.exec(algorithm)
  if (!digest) return 'unknown-format'
  const named = (digest[1] ?? 'sha1') as 'sha1'
  // More than the first 64 bytes tells no more.
  const bytes = Math.min(64, is.length)
  const by: ForeignHash['by'] = [['pbkdf2', named, { rounds: Number(hashIterations), salt: base64(salt), bytes }]]
  return { by, is: base64(is.subarray(0, bytes)) }
}

function argon2(is: Buffer, salt: Buffer, { hashIterations, additionalParameters = {} }: Parameters) {
  // Each is a list with one text in it.
  const one = (name: string, usual: string) => String([additionalParameters[name]].flat()[0] ?? usual)
  const kind = { id: 'id', i: 'i', d: 'd' }[one('type', 'id')]
  const version = { '1.3': 19, '1.0': 16 }[one('version', '1.3')]
  const [memory, parallel] = [one('memory', '7168'), one('parallelism', '1')].map(Number)
  if (!kind || !version || memory === undefined) return 'malformed'
  const unpadded = (bytes: Buffer) => base64(bytes).replace(/=+$/, '')
  const numbers = `m=${memory},t=${Number(hashIterations)},p=${parallel}`
  return { by: [], phc: `$argon2${kind}$v=${version}$${numbers}$${unpadded(salt)}$${unpadded(is)}` }
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
