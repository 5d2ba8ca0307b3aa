// App codes (TOTP, RFC 6238): SHA-1, six digits, 30 seconds, which is what every authenticator app knows.
import { HOTP, Secret, TOTP } from 'otpauth'
import { type Milliseconds, seconds } from '../../time.ts'
import { isSame } from '../sealing.ts'

const period: Milliseconds = seconds(30)
const digits = 6
const algorithm = 'SHA1'
/** A clock that is off by up to five minutes: the code is refused, and the page says why. */
const nearSteps = 10

export type Judged =
  | { kind: 'right'; step: number }
  /** `used`: right, and taken before. `clock`: right a moment ago or in a moment. */
  | { kind: 'wrong'; code: 'wrong' | 'used' | 'clock' }

export function stepAt(now: number): number {
  return Math.floor(now / period)
}

/** @param secret as bytes. */
export function codeAt(secret: Buffer, step: number): string {
  return HOTP.generate({ secret: secretOf(secret), algorithm, digits, counter: step })
}

/**
 * This step and the one before are taken, because a phone's clock may be slow and typing takes time; and only a step that
 * is larger than the last one taken (RFC 6238, 5.2; ASVS V6.5.1).
 */
export function judgeCode(secret: Buffer, typed: string, { now, lastStep }: { now: number; lastStep: number }): Judged {
  const current = stepAt(now)
  const isAt = (step: number) => isSame(codeAt(secret, step), typed)
  const taken = [current, current - 1].filter(isAt)
  const step = taken.find((one) => one > lastStep)
  if (step !== undefined) return { kind: 'right', step }
  if (taken.length > 0) return { kind: 'wrong', code: 'used' }
  const near = Array.from({ length: nearSteps }, (_, away) => [current + away + 1, current - away - 2]).flat()
  return { kind: 'wrong', code: near.filter(isAt).length > 0 ? 'clock' : 'wrong' }
}

/** As people type it into an app: Base32 (RFC 4648). */
export function keyOf(secret: Buffer): string {
  return secretOf(secret).base32
}

/** What the QR code holds, and what a link on a phone opens the app with. */
export function setupUri(secret: Buffer, { site, email }: { site: string; email: string }): string {
  // A colon would end the issuer in the label.
  const issuer = site.replaceAll(':', ' ')
  return new TOTP({ issuer, label: email, secret: secretOf(secret), algorithm, digits }).toString()
}

function secretOf(secret: Buffer): Secret {
  // A copy of its own: a Buffer may be a view of a pool.
  return new Secret({ buffer: new Uint8Array(secret).buffer })
}
