// Throw-away people. Their addresses lie below example.org, where nobody's emails arrive, and no password repeats.
import { randomBytes } from 'node:crypto'
import { openFilter } from '../packages/gatelodge/src/identity/passwords/common-passwords.ts'

const common = openFilter()

export interface Fields {
  name: string
  email: string
  password: string
}

export interface Account extends Fields {
  /** The session that registering began. */
  cookie: string
  /** What its device is known by: tries from there are counted apart, and use up nobody else's. */
  device: string
}

/** Tells the people of one run from those of another. */
const run = randomBytes(4).toString('hex')
let count = 0

export function someone(): Fields {
  count += 1
  return { name: 'Mallory Attack', email: `attack-${run}-${count}@example.org`, password: passphrase() }
}

/** No site refuses it as common, and nobody has used it before. */
export function passphrase(): string {
  const made = randomBytes(12)
    .toString('base64url')
    .replace(/(.{4})(?=.)/g, '$1 ')
  // The list takes one in 2,000 others for one of its own, and an attack would seem to get through.
  return common.has(made) ? passphrase() : made
}
