// Whether the public key of a new passkey is one that answers can be checked with. One that cannot would be stored, be counted as
// a way in, and let nobody in.
import { createPublicKey, type JsonWebKeyInput } from 'node:crypto'

/** Labels of COSE keys (RFC 9052, RFC 9053). */
const label = { type: 1, algorithm: 3, curve: -1, x: -2, y: -3, modulus: -1, exponent: -2 }
/** Bytes of an RSA modulus: from 2048 bits to 8192. More would only be slow to check. */
const modulusBytes = { least: 256, most: 1024 }

/**
 * Of the kind that its algorithm says: OKP on Ed25519, EC2 on P-256 with a point of that curve, or RSA.
 * @param decoded as the library made it of COSE.
 */
export function isSound(decoded: unknown): boolean {
  const key = decoded as Map<number, unknown>
  const [type, curve, algorithm] = [key.get(label.type), key.get(label.curve), key.get(label.algorithm)]
  if (algorithm === -8 && type === 1 && curve === 6)
    return isPoint({ kty: 'OKP', crv: 'Ed25519', x: text(key.get(label.x)) })
  if (algorithm === -7 && type === 2 && curve === 1)
    return isPoint({ kty: 'EC', crv: 'P-256', x: text(key.get(label.x)), y: text(key.get(label.y)) })
  return algorithm === -257 && type === 3 && areNumbers(key.get(label.modulus), key.get(label.exponent))
}

function isPoint(key: JsonWebKeyInput['key']): boolean {
  try {
    createPublicKey({ key, format: 'jwk' })
    return true
  } catch {
    return false
  }
}

/** With an exponent of 1 or an even one, anyone could sign, or nobody. */
function areNumbers(modulus: unknown, exponent: unknown): boolean {
  if (!(modulus instanceof Uint8Array) || !(exponent instanceof Uint8Array) || exponent.length > 4) return false
  if (modulus.length < modulusBytes.least || modulus.length > modulusBytes.most) return false
  const value = exponent.reduce((sum, byte) => sum * 256 + byte, 0)
  return value >= 3 && value % 2 === 1
}

/** Nothing where it is no bytes, as where the point is given by half: that is no key then. */
const text = (bytes: unknown) => (bytes instanceof Uint8Array ? Buffer.from(bytes).toString('base64url') : '')
