// An expectation that is asked of thousands of rows: vitest is called where it is not met.
import { expect } from 'vitest'

export function same(what: string, is: unknown, should: unknown): void {
  if (is !== should) expect([what, is]).toEqual([what, should])
}
