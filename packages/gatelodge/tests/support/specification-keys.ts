// The keys of the test vectors of WebAuthn Level 3, and what they are in COSE (RFC 9053).
import { createECDH, createPrivateKey, type KeyObject } from 'node:crypto'

export type Algorithm = 'ES256' | 'ES384' | 'ES512' | 'RS256' | 'EdDSA' | 'Ed448'

const curves = {
  ES256: { name: 'prime256v1', jwk: 'P-256', scalar: 32, coordinate: 32 },
  ES384: { name: 'secp384r1', jwk: 'P-384', scalar: 48, coordinate: 48 },
  // One byte less than the order has: the section keeps below it.
  ES512: { name: 'secp521r1', jwk: 'P-521', scalar: 65, coordinate: 66 },
}
/** PKCS #8 around the bytes of a key (RFC 8410). */
const edwards = {
  EdDSA: { length: 32, start: '302e020100300506032b657004220420' },
  Ed448: { length: 57, start: '3047020100300506032b6571043b0439' },
}

export function keyFrom(algorithm: Exclude<Algorithm, 'RS256'>, next: (length: number) => Buffer): KeyObject {
  if (algorithm === 'EdDSA' || algorithm === 'Ed448') {
    const { length, start } = edwards[algorithm]
    const der = Buffer.concat([Buffer.from(start, 'hex'), next(length)])
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  }
  const { name, jwk: crv, scalar, coordinate } = curves[algorithm]
  const d = Buffer.alloc(coordinate)
  next(scalar).copy(d, coordinate - scalar)
  const pair = createECDH(name)
  pair.setPrivateKey(d)
  const point = pair.getPublicKey().subarray(1)
  const text = (bytes: Buffer) => bytes.toString('base64url')
  const [x, y] = [text(point.subarray(0, coordinate)), text(point.subarray(coordinate))]
  return createPrivateKey({ key: { kty: 'EC', crv, x, y, d: text(d) }, format: 'jwk' })
}

/** Of the two smallest Mersenne primes beyond 1024 bits. */
export function mersenneKey(): KeyObject {
  const [p, q, e] = [2n ** 1279n - 1n, 2n ** 2203n - 1n, 65_537n]
  const d = inverse(e, (p - 1n) * (q - 1n))
  const all = { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) }
  const parts = Object.entries(all).map(([name, value]) => [name, bytesOf(value).toString('base64url')])
  return createPrivateKey({ key: { kty: 'RSA', ...Object.fromEntries(parts) }, format: 'jwk' })
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n]
  while (a > 1n) {
    const times = a / b
    ;[a, b] = [b, a % b]
    ;[x, y] = [y, x - times * y]
  }
  return x < 0n ? x + modulus : x
}

function bytesOf(value: bigint): Buffer {
  const hex = value.toString(16)
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
}

/** {1: kty, 3: alg, -1: crv or n, -2: x or e, -3: y} */
const heads: Record<Algorithm, string> = {
  ES256: 'a5010203262001',
  ES384: 'a501020338222002',
  ES512: 'a501020338232003',
  RS256: 'a401030339010020',
  EdDSA: 'a4010103272006',
  Ed448: 'a401010338342007',
}

export function cose(algorithm: Algorithm, publicKey: KeyObject): Buffer {
  const { x = '', y = '', n = '', e = '' } = publicKey.export({ format: 'jwk' })
  const head = Buffer.from(heads[algorithm], 'hex')
  if (algorithm === 'RS256') return Buffer.concat([head, bytes(n), Buffer.from('21', 'hex'), bytes(e)])
  const point = [Buffer.from('21', 'hex'), bytes(x), ...(y ? [Buffer.from('22', 'hex'), bytes(y)] : [])]
  return Buffer.concat([head, ...point])
}

/** A string of bytes in CBOR. */
function bytes(base64url: string): Buffer {
  const content = Buffer.from(base64url, 'base64url')
  const { length } = content
  if (length < 24) return Buffer.concat([Buffer.from([0x40 | length]), content])
  const head = length < 256 ? [0x58, length] : [0x59, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from(head), content])
}
