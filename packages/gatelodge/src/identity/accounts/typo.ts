// Slips of the finger in the domains that most people have. Asked about once, never refused.
import { nearest } from '../../nearest.ts'
import type { Address } from './address.ts'

const common = [
  'gmail.com',
  'googlemail.com',
  'yahoo.com',
  'hotmail.com',
  'outlook.com',
  'live.com',
  'icloud.com',
  'aol.com',
  'gmx.de',
  'web.de',
  't-online.de',
  'orange.fr',
  'proton.me',
]

/** Domains that are one character away from a common one, and right. */
const right = [
  'gmx.net',
  'gmx.at',
  'gmx.ch',
  'gmail.co',
  'live.co',
  'aol.de',
  'mail.com',
  'ymail.com',
  'email.com',
  'me.com',
]

/** @returns the address that was probably meant, where the typed one looks like a slip. */
export function probablyMeant({ normalised }: Address): string | undefined {
  const [local, domain = ''] = normalised.split('@')
  if (common.includes(domain) || right.includes(domain)) return undefined
  // Short domains are too similar to each other for more than one changed character.
  const meant = nearest(domain, common, domain.length > 8 ? 2 : 1)
  return meant && `${local}@${meant}`
}
