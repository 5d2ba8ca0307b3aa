import { currentVisitorState } from '../forms/flash.ts'
import type { Context } from '../http/context.ts'
import { returnTarget } from './return-to.ts'

/**
 * Where someone was going, for a page whose form carries it on: what its address says, else what the visitor cookie kept.
 * @returns as returnTarget() judges it.
 */
export function wantedPage(c: Context): string | undefined {
  const { settings } = c.get('services')
  return returnTarget(settings, c.req.query('return_to')) ?? returnTarget(settings, currentVisitorState(c)?.returnTo)
}
