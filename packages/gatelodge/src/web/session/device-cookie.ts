// A long-lived, signed cookie that says: on this device someone has logged in to that account. It lets nobody in; it only
// sets the right password from there apart from what strangers try (OWASP, "device cookies").
import type { Device } from '../../identity/logins/device.ts'
import { random } from '../../identity/sealing.ts'
import { days } from '../../time.ts'
import type { Context } from '../http/context.ts'
import { readCookies, writeCookie } from '../http/cookies.ts'
import { readTrustTokens } from './trust-cookie.ts'

const name = 'gatelodge-device'
/** Browsers keep nothing longer than 400 days. */
const lifetime = days(400)
/** A family shares a device, not a school. */
const mostAccounts = 4
const form = /^[\w-]{22}(?:\.[\w-]{43})+$/

export function deviceOf(c: Context): Device {
  const { id, proofs } = read(c)
  const { sealing } = c.get('services')
  const isKnownTo: Device['isKnownTo'] = (account, passwordVersion) => {
    const bound = binding(id, account, passwordVersion)
    return proofs.some((proof) => sealing.verify('device cookie', bound, Buffer.from(proof, 'base64url')))
  }
  return {
    id,
    isKnownTo,
    wasUsedFor: (account, version) => isKnownTo(account, version) || isKnownTo(account, version - 1),
    trustTokens: readTrustTokens(c),
  }
}

/** From now on the right password gets through from here, whatever strangers try. */
export function rememberDevice(c: Context, account: Buffer, passwordVersion: number): void {
  const { id, proofs } = read(c)
  const { sealing } = c.get('services')
  const proof = sealing.sign('device cookie', binding(id, account, passwordVersion)).toString('base64url')
  // What it had for this account before, under an older secret or the password before this one, has had its time.
  const older = [passwordVersion, passwordVersion - 1].map((version) => binding(id, account, version))
  const isOlder = (one: string) =>
    older.some((bound) => sealing.verify('device cookie', bound, Buffer.from(one, 'base64url')))
  const others = proofs.filter((one) => !isOlder(one)).slice(0, mostAccounts - 1)
  writeCookie(c, name, [id, proof, ...others].join('.'), lifetime)
}

function read(c: Context): { id: string; proofs: string[] } {
  const value = readCookies(c, name).find((one) => form.test(one))
  if (!value) return { id: random(16).toString('base64url'), proofs: [] }
  const [id = '', ...proofs] = value.split('.')
  // Cut here, too: anyone who makes up a longer one costs no more.
  return { id, proofs: proofs.slice(0, mostAccounts) }
}

/** With the password's version: anyone who knew an old one may have gathered any number of these, each with a count of its own. */
const binding = (id: string, account: Buffer, passwordVersion: number) =>
  `${id} ${account.toString('base64url')} ${passwordVersion}`
