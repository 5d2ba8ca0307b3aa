// Known pairs of passwords and hashes of other systems. From hashcat, passlib, Spring, ASP.NET, Firebase and Keycloak, and made
// with Python's hashlib and crypt and with PHP.
import { readFileSync } from 'node:fs'
import type { FirebaseKey, ReadHash } from '../../src/identity/passwords/foreign/given.ts'
import { readForeign } from '../../src/identity/passwords/foreign/read.ts'
import type { Sealing } from '../../src/identity/sealing.ts'

export interface KnownPair {
  title: string
  password: string
  hash: string
  salt?: string
  parameters?: string
  username?: string
  format?: string
  pepper?: string
  firebase?: FirebaseKey
}

export const knownPairs: KnownPair[] = JSON.parse(readFileSync(new URL('foreign-hashes.json', import.meta.url), 'utf8'))

export function readPair(
  { hash, salt, parameters, username, format, pepper, firebase }: KnownPair,
  sealing: Sealing,
): ReadHash {
  const keys = { firebase, ...(pepper && { pepper: sealing.seal('pepper', pepper) }) }
  return readForeign({ hash, salt, parameters, username }, keys, format)
}
