// Whether a program asks at the API. What is there answers in JSON, whatever else would be liked.

import { apiPath } from '../../paths.ts'
import type { Context } from './context.ts'

/** Where it is switched off, or we answer for the app behind, the address is one of the app's. */
export function isApi(c: Context): boolean {
  return c.req.path.startsWith(`${apiPath}/`) && c.get('services').settings.api && !c.env?.refusal
}
