// The test vectors of WebAuthn Level 3 (section "Test Vectors"), as its generator makes them. All of their values but signatures of
// ECDSA follow from HKDF (RFC 5869) as the section says, so they are derived here, in the order of its salts.
import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { type Algorithm, cose, keyFrom, mersenneKey } from './specification-keys.ts'
import { derivation } from './specification-values.ts'

export interface VectorKind {
  info: string
  algorithm: Algorithm
  idLength?: number
  challengeLength?: number
  isForeign?: boolean
  topOrigin?: string
  /** `none` where it is not given. */
  format?: 'packed' | 'apple' | 'android-key' | 'tpm' | 'fido-u2f'
  /** CBOR in hex, as the section prints it. */
  statement?: string
  /** In hex, as the section prints it. Without it, one of the same key over the same bytes is made. */
  signature?: string
}

/** How many values the section derives for the statement of a format: a key, and the number of a certificate. */
const statementValues = { packed: 2, tpm: 2, 'fido-u2f': 2, 'android-key': 1, apple: 1, none: 0 }

const bit = { present: 0x01, verified: 0x04, eligible: 0x08, backedUp: 0x10, attested: 0x40 }
const rpIdHash = createHash('sha256').update('example.org').digest()
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest()

/** What the section prints, of one kind. */
export function vectorOf(kind: VectorKind) {
  const { info, algorithm, idLength = 32, challengeLength = 32, format = 'none', statement } = kind
  const next = derivation(info)
  const byte = () => next(1)[0] ?? 0
  const clientData = (type: string, challenge: string) => clientDataOf(kind, { type, challenge, next })
  const flagsOf = (given: number, eligible: number) =>
    bit.present | (given & bit.verified) | eligible | (eligible ? given & bit.backedUp : 0)
  const head = (flags: number) => Buffer.concat([rpIdHash, Buffer.from([flags, 0, 0, 0, 0])])

  const challenge = next(challengeLength).toString('base64url')
  const privateKey = algorithm === 'RS256' ? mersenneKey() : keyFrom(algorithm, next)
  const publicKey = createPublicKey(privateKey)
  const newData = clientData('webauthn.create', challenge)
  const [aaguid, id] = [next(16), next(idLength)]
  // A key of U2F says nothing of itself.
  const newFlags = format === 'fido-u2f' ? 0 : byte()
  const eligible = newFlags & bit.eligible
  const isSelf = statement !== undefined && info.startsWith('packed-self')
  for (let left = isSelf ? 0 : statementValues[format]; left > 0; left -= 1) next(left === 2 ? 32 : 16)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(idLength)
  const attested = Buffer.concat([aaguid, length, id, cose(algorithm, publicKey)])
  const authData = Buffer.concat([head(flagsOf(newFlags, eligible) | bit.attested), attested])

  const asked = next(challengeLength).toString('base64url')
  const usedData = clientData('webauthn.get', asked)
  const authenticatorData = head(flagsOf(byte(), eligible))
  const signed = Buffer.concat([authenticatorData, sha256(usedData)])
  const signature = kind.signature ? Buffer.from(kind.signature, 'hex') : signWith(algorithm, signed, privateKey)
  const named = { id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key' } as const
  return {
    ...{ aaguid, publicKey, signed, signature },
    /** What a statement is signed over. */
    attestedBytes: Buffer.concat([authData, sha256(newData)]),
    registration: {
      challenge,
      answer: {
        ...named,
        response: {
          clientDataJSON: newData.toString('base64url'),
          attestationObject: attestationObject(format, statement ?? 'a0', authData).toString('base64url'),
        },
      },
    },
    authentication: {
      challenge: asked,
      answer: {
        ...named,
        response: {
          clientDataJSON: usedData.toString('base64url'),
          authenticatorData: authenticatorData.toString('base64url'),
          signature: signature.toString('base64url'),
        },
      },
    },
  }
}

interface ClientData {
  type: string
  challenge: string
  next(length: number): Buffer
}

function clientDataOf({ isForeign = false, topOrigin }: VectorKind, { type, challenge, next }: ClientData): Buffer {
  const hasMore = ((next(1)[0] ?? 0) & 1) === 1
  const more = 'clientDataJSON may be extended with additional fields in the future, such as this: '
  const data = {
    ...{ type, challenge, origin: 'https://example.org', crossOrigin: isForeign, ...(topOrigin && { topOrigin }) },
    ...(hasMore && { extraData: more + next(16).toString('base64url') }),
  }
  return Buffer.from(JSON.stringify(data))
}

const hashes = { ES256: 'sha256', ES384: 'sha384', ES512: 'sha512', RS256: 'sha256', EdDSA: null, Ed448: null }

export function signWith(algorithm: Algorithm, bytes: Buffer, key: KeyObject): Buffer {
  return sign(hashes[algorithm], bytes, key)
}

/** {fmt, attStmt, authData} */
function attestationObject(format: string, statement: string, authData: Buffer): Buffer {
  const text = (word: string) => Buffer.concat([Buffer.from([0x60 | word.length]), Buffer.from(word)])
  const length = Buffer.from([0x59, authData.length >> 8, authData.length & 0xff])
  const start = [Buffer.from('a3', 'hex'), text('fmt'), text(format), text('attStmt'), Buffer.from(statement, 'hex')]
  return Buffer.concat([...start, text('authData'), length, authData])
}

/** The key that signs the statement of a kind. @param salt of its value, as the section prints it. */
export function attestationKey({ info }: Pick<VectorKind, 'info'>, salt: number): KeyObject {
  return keyFrom('ES256', derivation(info, salt))
}
