/** A stored moment, in milliseconds; null where it has not come. */
export function momentFrom(value: unknown): number | null {
  return value === null ? null : Number(value)
}
