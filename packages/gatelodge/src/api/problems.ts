// Which problems an operation may answer with.
import { type ApiCode, statusOf } from './codes.ts'
import type { Operation } from './operation.ts'

const always: ApiCode[] = ['two-credentials', 'not-embedded', 'failed', 'unavailable']
const ofPost: ApiCode[] = ['unreadable', 'cross-site-request', 'too-large', 'unknown-type', 'busy']

const ofWho: Record<Operation['who'], ApiCode[]> = {
  anyone: [],
  visitor: ['logged-in'],
  'logged-in': ['login-required'],
  'recently-authenticated': ['login-required', 'reauthentication-required'],
}

/** All of them, by status. */
export function problemsOf({ method, who, body, problems }: Operation): Map<number, ApiCode[]> {
  const ofBody: ApiCode[] = Object.keys(body.shape).length > 0 ? ['fields'] : []
  const all = new Set([...always, ...(method === 'POST' ? ofPost : []), ...ofWho[who], ...ofBody, ...problems])
  const byStatus = new Map<number, ApiCode[]>()
  // In the order of the table, so that a document does not change by chance.
  for (const [code, status] of Object.entries(statusOf) as [ApiCode, number][])
    if (all.has(code)) byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  return byStatus
}
