// What an email address is here, and when two spellings are the same one. Normalised first, judged afterwards, on one
// string; what would have to be repaired is refused instead.
import { domainToASCII } from 'node:url'

export interface Address {
  /** As its owner typed it, outer spaces and invisible marks off: emails go here. */
  given: string
  /** What decides whether two addresses are the same. Normalising it again changes nothing. */
  normalised: string
}

export type AddressRefusal = 'empty' | 'form' | 'local-not-ascii'

const mostTyped = 1_000
const mostBytes = 254
const mostLocalBytes = 64

// The WHATWG form of an address (HTML, "valid e-mail address"), with at least one dot in the domain.
const localForm = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+$/
const labelForm = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

const outer = /^[\p{Zs}\p{Default_Ignorable_Code_Point}]+|[\p{Zs}\p{Default_Ignorable_Code_Point}]+$/gu

/** @returns undefined where the text is not an address that emails could go to. */
export function parseAddress(text: string): Address | undefined {
  // Bounded before anything else looks at it (ASVS V1.3.12): normalising and trimming long text takes seconds.
  if (text.length > mostTyped || !text.isWellFormed()) return undefined
  // Spaces of every width and marks that nobody sees come along when an address is copied. No tab and no line break: those
  // are not copied with an address.
  const given = text.replace(outer, '').normalize('NFC')
  // Within, what nobody sees would be dropped on the way to the mail server: two addresses that look alike, and are.
  if (/\p{Default_Ignorable_Code_Point}/u.test(given)) return undefined
  if (given.length > mostBytes || Buffer.byteLength(given) > mostBytes) return undefined
  const at = given.indexOf('@')
  const local = normaliseLocal(given.slice(0, Math.max(0, at)))
  const domain = normaliseDomain(given.slice(at + 1))
  if (local === undefined || domain === undefined) return undefined
  const normalised = `${local}@${domain}`
  return normalised.length > mostBytes ? undefined : { given, normalised }
}

/** Why a text is no address, where parseAddress() says so. */
export function addressRefusal(text: string): AddressRefusal {
  const given = text.length > mostTyped ? text : text.replace(outer, '').trim()
  if (given === '') return 'empty'
  const at = given.indexOf('@')
  // In full, a mail server that could take it is rare (RFC 6531), and two that look alike are two mailboxes.
  const isAscii = [...given.slice(0, at)].every((one) => one <= '\x7f')
  return at > 0 && !isAscii && normaliseDomain(given.slice(at + 1)) !== undefined ? 'local-not-ascii' : 'form'
}

function normaliseLocal(local: string): string | undefined {
  const normalised = local.normalize('NFKC').toLowerCase()
  // "ſam" and "ｓam" look like "sam" and are other mailboxes: emails would go there, and "sam" would be taken.
  if (normalised !== local.toLowerCase()) return undefined
  return localForm.test(normalised) && normalised.length <= mostLocalBytes ? normalised : undefined
}

function normaliseDomain(domain: string): string | undefined {
  // In ASCII only what a host name may hold; the rest ("%", "/", ":", "[") would make domainToASCII parse a URL.
  if (/[^a-z0-9.\u0080-\u{10ffff}-]/iu.test(domain)) return undefined
  const normalised = domainToASCII(domain)
  if (count(normalised, '.') !== count(domain, '.')) return undefined
  const labels = normalised.split('.')
  // A last label of digits is an IP address, which domainToASCII completes ("127.1").
  if (labels.length < 2 || /^\d+$/.test(labels.at(-1) ?? '')) return undefined
  return labels.every((label) => labelForm.test(label)) ? normalised : undefined
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
}
