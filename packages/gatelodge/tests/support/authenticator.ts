// An authenticator in software: makes passkeys and answers with them as a browser would hand it over, and lies where a test
// wants it to (WebAuthn Level 3, sections 6.1 and 6.5; CBOR by RFC 8949, as much as is needed).
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

const flag = { present: 0x01, verified: 0x04, eligible: 0x08, backedUp: 0x10, attested: 0x40 }

export interface Lies {
  origin?: string
  rpId?: string
  type?: string
  challenge?: string
  crossOrigin?: boolean
  topOrigin?: string
  userHandle?: string | null
  id?: string
  /** Whether someone was there at all. */
  isPresent?: boolean
  isVerified?: boolean
  isSyncable?: boolean
  isSynced?: boolean
  counter?: number
  /** COSE, in the public key. */
  algorithm?: number
  signature?: Buffer
  transports?: string[]
  /** In place of the attestation object that it would make. */
  attestationObject?: Buffer
  format?: string
}

export interface Credential {
  id: string
  rpId: string
  userHandle: string
  privateKey: KeyObject
  counter: number
  isSyncable: boolean
}

interface CreationOptions {
  challenge: string
  rp: { id?: string }
  user: { id: string }
  excludeCredentials?: { id: string }[]
}

interface RequestOptions {
  challenge: string
  rpId?: string
  allowCredentials?: { id: string }[]
}

export class Authenticator {
  readonly credentials: Credential[] = []
  readonly origin: string
  /** What it says of itself, unless a test says otherwise. */
  readonly is: { isVerified: boolean; isSyncable: boolean; counts: boolean; aaguid: string }

  constructor(origin: string, is: Partial<Authenticator['is']> = {}) {
    this.origin = origin
    this.is = {
      isVerified: true,
      isSyncable: true,
      counts: false,
      aaguid: '00000000-0000-0000-0000-000000000000',
      ...is,
    }
  }

  /** @throws {Error} where it has one of those that it must not overwrite, as a browser would. */
  make(options: object, lies: Lies = {}) {
    const { challenge, rp, user, excludeCredentials = [] } = options as CreationOptions
    if (excludeCredentials.some(({ id }) => this.credentials.some((one) => one.id === id)))
      throw new Error('InvalidStateError')
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const id = randomBytes(32)
    const rpId = lies.rpId ?? rp.id ?? ''
    const made: Credential = {
      ...{ id: id.toString('base64url'), rpId, userHandle: user.id, privateKey, counter: 0 },
      isSyncable: lies.isSyncable ?? this.is.isSyncable,
    }
    this.credentials.push(made)
    const attested = Buffer.concat([
      Buffer.from(this.is.aaguid.replaceAll('-', ''), 'hex'),
      lengthOf(id),
      id,
      coseKey(publicKey, lies.algorithm),
    ])
    const authData = Buffer.concat([this.#head(made, lies, flag.attested), attested])
    const attestationObject = lies.attestationObject ?? attestation(authData, lies.format)
    const named = lies.id ?? made.id
    return {
      ...{ id: named, rawId: named, type: 'public-key', clientExtensionResults: {} },
      response: {
        clientDataJSON: this.#clientData('webauthn.create', challenge, lies).toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
        transports: lies.transports ?? ['internal', 'hybrid'],
      },
    }
  }

  /** With the one that is asked for; with none asked for, the newest. */
  use(options: object, lies: Lies = {}) {
    const { challenge, allowCredentials = [] } = options as RequestOptions
    const ids = allowCredentials.map(({ id }) => id)
    const usable = this.credentials.filter(({ id }) => ids.length === 0 || ids.includes(id))
    const one = usable.at(-1)
    if (!one) throw new Error('NotAllowedError')
    if (this.is.counts) one.counter += 1
    const authenticatorData = this.#head(one, lies)
    const clientData = this.#clientData('webauthn.get', challenge, lies)
    const signed = Buffer.concat([authenticatorData, createHash('sha256').update(clientData).digest()])
    const named = lies.id ?? one.id
    const userHandle = lies.userHandle === undefined ? one.userHandle : lies.userHandle
    return {
      ...{ id: named, rawId: named, type: 'public-key', clientExtensionResults: {} },
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authenticatorData.toString('base64url'),
        signature: (lies.signature ?? sign('sha256', signed, one.privateKey)).toString('base64url'),
        ...(userHandle !== null && { userHandle }),
      },
    }
  }

  #head(one: Credential, lies: Lies, more = 0): Buffer {
    const isSyncable = lies.isSyncable ?? one.isSyncable
    const flags =
      more |
      ((lies.isPresent ?? true) ? flag.present : 0) |
      ((lies.isVerified ?? this.is.isVerified) ? flag.verified : 0) |
      (isSyncable ? flag.eligible : 0) |
      ((lies.isSynced ?? isSyncable) ? flag.backedUp : 0)
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(lies.counter ?? one.counter)
    const rpIdHash = createHash('sha256')
      .update(lies.rpId ?? one.rpId)
      .digest()
    return Buffer.concat([rpIdHash, Buffer.from([flags]), counter])
  }

  #clientData(type: string, challenge: string, lies: Lies): Buffer {
    const { crossOrigin = false, topOrigin } = lies
    const data = {
      ...{ type: lies.type ?? type, challenge: lies.challenge ?? challenge, origin: lies.origin ?? this.origin },
      ...{ crossOrigin, ...(topOrigin !== undefined && { topOrigin }) },
    }
    return Buffer.from(JSON.stringify(data))
  }
}

function lengthOf(bytes: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length)
  return length
}

/** {1: 2, 3: alg, -1: 1, -2: x, -3: y} */
function coseKey(publicKey: KeyObject, algorithm = -7): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const coordinate = (text: string) => Buffer.concat([Buffer.from('5820', 'hex'), Buffer.from(text, 'base64url')])
  return Buffer.concat([
    ...[Buffer.from('a5010203', 'hex'), negative(algorithm), Buffer.from('200121', 'hex'), coordinate(x)],
    ...[Buffer.from('22', 'hex'), coordinate(y)],
  ])
}

/** A negative number in CBOR. */
function negative(value: number): Buffer {
  const count = -1 - value
  if (count < 24) return Buffer.from([0x20 | count])
  return count < 256 ? Buffer.from([0x38, count]) : Buffer.from([0x39, count >> 8, count & 0xff])
}

/** {fmt, attStmt: {}, authData} */
function attestation(authData: Buffer, format = 'none'): Buffer {
  return Buffer.concat([
    ...[Buffer.from('a363666d74', 'hex'), Buffer.from([0x60 | format.length]), Buffer.from(format)],
    ...[Buffer.from('6761747453746d74a0', 'hex'), Buffer.from('68617574684461746159', 'hex'), lengthOf(authData)],
    authData,
  ])
}
