// What our client proves itself with. Apple wants a token that we sign with our key, for six months at most.
import { createPrivateKey, sign } from 'node:crypto'
import type { ConnectionSetting } from '../../config/connections.ts'

/** In seconds: it is made for one request. */
const life = 5 * 60

/** @returns the secret as it stands in the settings; for Apple's key a JWT (ES256), made now. */
export function clientSecretOf({ clientSecret = '', clientId, key }: ConnectionSetting, now: number): string {
  if (!key) return clientSecret
  const at = Math.floor(now / 1_000)
  const header = { alg: 'ES256', kid: key.keyId, typ: 'JWT' }
  const claims = { iss: key.teamId, sub: clientId, aud: 'https://appleid.apple.com', iat: at, exp: at + life }
  const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  const signature = sign('sha256', Buffer.from(text), {
    key: createPrivateKey(key.privateKey),
    dsaEncoding: 'ieee-p1363',
  })
  return `${text}.${signature.toString('base64url')}`
}
