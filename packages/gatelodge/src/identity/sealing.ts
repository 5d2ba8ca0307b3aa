// All symmetric cryptography in one file: sealing (AES-256-GCM), form tokens (HMAC-SHA-256), hashes of tokens, and the one
// comparison of secrets. Synchronous throughout: WebCrypto would wait behind the password hashes in libuv's pool.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hash,
  hkdfSync,
  type KeyObject,
  randomFillSync,
  timingSafeEqual,
} from 'node:crypto'

export interface Sealing {
  /** Encrypts and authenticates; the purpose keeps what was sealed for one thing from being opened as another. */
  seal(purpose: Purpose, text: string): string
  /** @returns what was sealed, or undefined for anything that we did not seal for that purpose. */
  open(purpose: Purpose, sealed: string): string | undefined
  /** 32 bytes of each secret, the newest first: what key pairs grow from. */
  seeds(purpose: Purpose): Buffer[]
  /** HMAC-SHA-256, 32 bytes, under the newest secret. */
  sign(purpose: Purpose, text: string): Buffer
  /** Whether `signature` is one of `text`, under any secret in force. */
  verify(purpose: Purpose, text: string, signature: Buffer): boolean
}

/** What keys are derived for. Add a line here before using a new one. */
const purposes = [
  'visit cookie',
  'form token',
  'device cookie',
  'attempt key',
  'audited address',
  'email',
  'identity token',
  'second factor',
  'second factor setup',
  'passkey challenge',
  'connection',
  'connection code',
  'pepper',
  'backup',
] as const
export type Purpose = (typeof purposes)[number]

const ivLength = 12
const tagLength = 16

/** @param secrets the newest first: it seals and signs; all of them open and verify (ASVS V11.2.2, V13.3.4). */
export function createSealing(secrets: string[]): Sealing {
  const keys = Object.fromEntries(purposes.map((purpose) => [purpose, secrets.map(keyFor(purpose))])) as Keys
  const newest = (purpose: Purpose) => keys[purpose][0] as KeyObject
  return {
    seal(purpose, text) {
      const iv = random(ivLength)
      const cipher = createCipheriv('aes-256-gcm', newest(purpose), iv)
      const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return sealed.toString('base64url')
    },
    open(purpose, sealed) {
      const bytes = Buffer.from(sealed, 'base64url')
      if (bytes.length < ivLength + tagLength) return undefined
      for (const key of keys[purpose]) {
        const text = openWith(key, bytes)
        if (text !== undefined) return text
      }
      return undefined
    },
    seeds: (purpose) => keys[purpose].map((key) => key.export()),
    sign: (purpose, text) => hmac(newest(purpose), text),
    verify: (purpose, text, signature) => keys[purpose].some((key) => isEqual(hmac(key, text), signature)),
  }
}

type Keys = Record<Purpose, KeyObject[]>

function keyFor(purpose: Purpose) {
  return (secret: string) => createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `gatelodge ${purpose}`, 32)))
}

function openWith(key: KeyObject, bytes: Buffer): string | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivLength), { authTagLength: tagLength })
  decipher.setAuthTag(bytes.subarray(-tagLength))
  try {
    return decipher.update(bytes.subarray(ivLength, -tagLength), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return undefined
  }
}

function hmac(key: KeyObject, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

/** The one place that compares secrets (ASVS V11.2.4): in a time that does not tell how much of them agreed. */
function isEqual(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Whether the hash is that of the text, as digest() makes it. */
export function isTextOf(text: string, hash: Buffer): boolean {
  return isEqual(digest(text), hash)
}

/** For secrets of any length. */
export function isSame(left: string, right: string): boolean {
  return isEqual(digest(left), digest(right))
}

/** 32 bytes from the system's generator (ASVS V7.2.3), as 43 characters. */
export function newToken(): string {
  return random(32).toString('base64url')
}

/** What the database keeps of a token or looks an address up by. */
export function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}

/**
 * SHA-1 in capital hex: the name under which the range protocol of "Pwned Passwords" lists a password. Nothing is kept,
 * signed or compared with it otherwise (ASVS V11.4.1).
 */
export function rangeDigest(password: string): string {
  return hash('sha1', password, 'hex').toUpperCase()
}

const pool = Buffer.alloc(4096)
let used = pool.length

/** Bytes from the system's generator, fetched many at a time: each fetch is a call into the system. */
export function random(length: number): Buffer {
  if (used + length > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const bytes = Buffer.from(pool.subarray(used, used + length))
  // Given once, and then nowhere to be found.
  pool.fill(0, used, used + length)
  used += length
  return bytes
}
