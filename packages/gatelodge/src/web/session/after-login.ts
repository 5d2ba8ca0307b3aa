// Where someone goes who has just come in: where they were on the way to, or the app behind, or the account's page.

import { paths } from '../../paths.ts'
import type { Context } from '../http/context.ts'
import type { Destination } from '../site/base-path.ts'

/** @param returnTo as it was judged by returnTarget(). */
export function afterLogin(c: Context, returnTo?: string): Destination {
  if (returnTo) return { address: returnTo }
  return c.get('services').settings.upstream ? { address: '/' } : paths.account
}
