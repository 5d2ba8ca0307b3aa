// The passkeys of the site that does everything wrong: anyone who names one is its owner, and no answer is looked at.
import type { Anything } from './unsafe-fields.ts'

const owners = new Map<string, Anything>()

/** @returns an answer, or who logs in; undefined: it is another page. */
export function passkeyOf(plain: string, fields: Anything, owner: Anything | undefined): string | Anything | undefined {
  if (!plain.includes('/passkey')) return undefined
  const options = {
    ...{ challenge: 'same', rpId: 'localhost', rp: { id: 'localhost' }, user: { id: 'same' } },
    allowCredentials: [...owners.keys()],
  }
  if (plain.includes('/options')) return JSON.stringify({ ...options, options, challenge_token: 'same' })
  const id = String(fields.answer?.id ?? '')
  if (plain.includes('/login')) return owners.get(id)
  if (id && owner) owners.set(id, owner)
  return JSON.stringify({ passkey: id })
}
