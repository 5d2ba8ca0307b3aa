// Where somebody goes who has just come in: where they were on the way to, or the app behind, or the account's page.
import type { Destination } from './base-path.ts'
import type { Context } from './context.ts'
import { paths } from './paths.ts'

/** @param returnTo as it was judged by returnTarget(). */
export function landing(c: Context, returnTo?: string): Destination {
  if (returnTo) return { address: returnTo }
  return c.get('services').settings.upstream ? { address: '/' } : paths.account
}
