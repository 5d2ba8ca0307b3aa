// Which problems an operation may answer with.
import { type ProblemCode, statusOf } from '../web/http/problem-codes.ts'
import type { Operation } from './operation.ts'

const always: ProblemCode[] = ['two-credentials', 'not-embedded', 'failed', 'unavailable']
const ofPost: ProblemCode[] = ['unreadable', 'cross-site-request', 'too-large', 'unknown-type', 'busy']

const ofWho: Record<Operation['who'], ProblemCode[]> = {
  anyone: [],
  visitor: ['logged-in'],
  'logged-in': ['login-required'],
  'factor-lately-proved': ['login-required', 'reauthentication-required'],
  'recently-authenticated': ['login-required', 'reauthentication-required'],
  key: ['key-required', 'key-scope', 'rate-limited'],
}

/** All of them, by status. */
export function problemsOf({ method, who, body, problems }: Operation): Map<number, ProblemCode[]> {
  const ofBody: ProblemCode[] = Object.keys(body.shape).length > 0 ? ['fields'] : []
  const all = new Set([...always, ...(method === 'POST' ? ofPost : []), ...ofWho[who], ...ofBody, ...problems])
  const byStatus = new Map<number, ProblemCode[]>()
  // In the order of the table, so that a document does not change by chance.
  for (const [code, status] of Object.entries(statusOf) as [ProblemCode, number][])
    if (all.has(code)) byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  return byStatus
}
