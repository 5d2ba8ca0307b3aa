// Why a person or program did something, in their own words, as the record keeps it.

/** Characters. */
export const longestReason = 500

/** What was cut in the middle of a character is still text. @returns undefined where nothing was said. */
export function noteOf(reason: string | undefined): string | undefined {
  return reason?.trim().slice(0, longestReason).toWellFormed() || undefined
}
