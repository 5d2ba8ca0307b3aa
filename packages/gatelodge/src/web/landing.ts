// Where somebody goes who has just come in and was on the way to nowhere else: the app behind, or the account's page.
import type { Context } from './context.ts'
import { paths } from './paths.ts'

export function landing(c: Context): string {
  return c.get('services').settings.upstream ? paths.home : paths.account
}
