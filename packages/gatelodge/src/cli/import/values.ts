// Moments, yes and no, and keys of authenticator apps, in the spellings that other systems have.
import { Secret, TOTP, URI } from 'otpauth'

/** Milliseconds since 1970; undefined: it cannot be read. Without a zone it is UTC. */
export function momentOf(text: string): number | undefined {
  const value = text.trim()
  if (/^-?\d+(?:\.\d+)?$/.test(value) && !/^\d{14}/.test(value)) {
    const number = Number(value)
    return inReach(Math.abs(number) < 100_000_000_000 ? number * 1000 : number)
  }
  const ldap = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z?$/.exec(value)
  if (ldap) return inReach(Date.parse(`${ldap.slice(1, 4).join('-')}T${ldap.slice(4, 7).join(':')}Z`))
  const sql = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)(\.\d+)?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/.exec(value)
  if (!sql) return /^\d{4}-\d\d-\d\d$/.test(value) ? inReach(Date.parse(`${value}T00:00:00Z`)) : undefined
  const [, day, time = '', fraction = '', zone = 'Z'] = sql
  const seconds = time.length === 5 ? `${time}:00` : time
  const offset =
    zone === 'UTC' ? 'Z' : zone.replace(/^([+-]\d\d):?(\d\d)?$/, (_, hours, minutes = '00') => `${hours}:${minutes}`)
  return inReach(Date.parse(`${day}T${seconds}${fraction.slice(0, 4)}${offset}`))
}

function inReach(moment: number): number | undefined {
  return moment > 0 && moment < Date.UTC(2200, 0) ? Math.round(moment) : undefined
}

/** What databases write where there is no moment. */
export function isNoMoment(text: string): boolean {
  return text === '' || text === '0' || /^0000-00-00/.test(text) || /^null$/i.test(text) || text === '\\N'
}

/** A moment means yes, too: `email_verified_at`. @returns undefined for what is neither. */
export function truthOf(text: string): boolean | undefined {
  const value = text.trim().toLowerCase()
  if (['', '0', 'false', 'f', 'no', 'n', 'off', 'null', '\\n', 'inactive', '\u0000'].includes(value)) return false
  if (['1', 'true', 't', 'yes', 'y', 'on', 'active', 'verified', '\u0001'].includes(value)) return true
  if (isNoMoment(value)) return false
  // A code of the other system, such as 2 of `status`: nobody knows what it means, and it must not verify an address.
  if (/^-?\d{1,8}(?:\.\d+)?$/.test(value)) return undefined
  return momentOf(text) === undefined ? undefined : true
}

/**
 * Base32, or a link as a QR code holds it. @returns its bytes; undefined for what an app of ours could not be: other digits,
 * another period or algorithm, fewer than 10 or more than 64 bytes.
 */
export function totpSecretOf(text: string): Buffer | undefined {
  try {
    const bytes = text.startsWith('otpauth:') ? ofLink(text) : Secret.fromBase32(text.replaceAll(/[\s-]/g, '')).bytes
    return bytes && bytes.length >= 10 && bytes.length <= 64 ? Buffer.from(bytes) : undefined
  } catch {
    return undefined
  }
}

function ofLink(text: string): Uint8Array | undefined {
  const totp = URI.parse(text)
  const isUsual =
    'period' in totp && totp.period === 30 && totp.digits === 6 && totp.algorithm === TOTP.defaults.algorithm
  return isUsual ? totp.secret.bytes : undefined
}
