// What stands behind "?" in the addresses of lists for keys: anything that is not understood is refused, so that a program
// never takes the wrong list for the right one.
import { problem } from '../web/http/answer.ts'
import type { Context } from '../web/http/context.ts'

const usual = 50
const most = 1_000

/** @returns undefined for what is no such number. */
export function limitFrom(given = String(usual)): number | undefined {
  return /^[1-9]\d{0,3}$/.test(given) && Number(given) <= most ? Number(given) : undefined
}

/** @returns undefined where nothing is given, null for what is none of them. */
export function oneOf<One extends string>(all: readonly One[], given: string | undefined): One | undefined | null {
  return given === undefined ? undefined : (all.find((one) => one === given) ?? null)
}

export const wrongQuery = (c: Context): Response => problem(c, 'query')
