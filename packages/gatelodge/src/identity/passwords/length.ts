// How long a password may be. Judged when one is chosen, never when someone logs in.

const passwordMaxLength = 256

/** In code units: no password of 256 characters is typed with more. */
export const longestTyped = 4 * passwordMaxLength

export type LengthRefusal = 'empty' | 'too-short' | 'too-long' | 'not-text'

/** Lengths count Unicode code points after NFC, as people count characters (ASVS V6.2.1, V6.2.9). No composition rules. */
export function judgeLength(password: string, policy: { passwordMinLength: number }): LengthRefusal | undefined {
  if (password === '') return 'empty'
  // Half a character cannot be encoded: it would be stored as "�", the same as any other half.
  if (!password.isWellFormed()) return 'not-text'
  // Bounded before it is spread out.
  if (password.length > longestTyped) return 'too-long'
  const length = [...password.normalize('NFC')].length
  if (length < policy.passwordMinLength) return 'too-short'
  return length > passwordMaxLength ? 'too-long' : undefined
}
