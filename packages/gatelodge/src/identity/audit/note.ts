// Why a person or program did something, in their own words, as the record keeps it.
import { plainLine } from '../accounts/name.ts'

/** Characters. */
export const longestReason = 500

/** What was cut in the middle of a character is still text. @returns undefined where nothing was said that can be read. */
export function noteOf(reason: string | undefined): string | undefined {
  return (reason && plainLine(reason, longestReason)) || undefined
}
