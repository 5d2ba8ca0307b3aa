// The passkeys of the site that does everything wrong: anyone who names one is its owner, and no answer is looked at.
import type { Anything } from './unsafe-fields.ts'

const owners = new Map<string, Anything>()

/** The same challenge for everyone, and a list of all that there are. */
export function sameOptions(): string {
  const options = {
    ...{ challenge: 'same', rpId: 'localhost', rp: { id: 'localhost' }, user: { id: 'same' } },
    allowCredentials: [...owners.keys()],
  }
  return JSON.stringify({ ...options, options, challenge_token: 'same' })
}

/** @returns an answer, or who logs in; undefined: it is another page. */
export function passkeyOf(plain: string, fields: Anything, owner: Anything | undefined): string | Anything | undefined {
  if (!plain.includes('/passkey')) return undefined
  if (plain.includes('/options')) return sameOptions()
  const id = String(fields.answer?.id ?? '')
  if (plain.includes('/login')) return owners.get(id)
  if (id && owner) owners.set(id, owner)
  return JSON.stringify({ passkey: id })
}
