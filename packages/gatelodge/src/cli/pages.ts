// Lists that are printed a page at a time.
import type { Option } from './command.ts'

const usual = 50
const most = 1_000

export const limit: Option = { name: 'limit', value: 'N', about: `at most so many, up to ${most}; default: ${usual}` }
export const after: Option = { name: 'after', value: 'CURSOR', about: 'go on where the page before ended' }

/** @returns undefined for what is no such number: stderr has said so. */
export function limitFrom(options: Record<string, string | undefined>): number | undefined {
  const given = options.limit ?? String(usual)
  if (/^[1-9]\d{0,3}$/.test(given) && Number(given) <= most) return Number(given)
  console.error(`--limit is a whole number from 1 to ${most}.`)
  return undefined
}
