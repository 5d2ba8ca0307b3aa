// Where someone goes for whom a provider did not open anything: to the log-in page, which says why.
import { paths, withReturn } from '../../paths.ts'
import { rateLimited } from '../../web/forms/rate-limited.ts'
import { seeOther } from '../../web/http/answer.ts'
import type { Context } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { WaitPage } from '../../web/ui/wait-page.tsx'
import type { ProviderProof } from './proof.rules.ts'
import type { Bar } from './register.rules.ts'

type Words = {
  code: 'connection-refused' | 'connection-log-in-first' | `connection-${Bar}` | 'connection-over'
  provider: string
}

export const toLogin = (c: Context, returnTo: string | undefined, notice: Words) =>
  seeOther(c, withReturn(paths.login, returnTo), { notice })

export function barred(c: Context, { setting }: Pick<ProviderProof, 'setting'>, why: Bar): Response {
  logEvent(c, 'connection.failed', { provider: setting.name, reason: why })
  return toLogin(c, undefined, { code: `connection-${why}`, provider: setting.label })
}

export function waiting(c: Context, outcome: { wait: number }, returnTo: string | undefined) {
  logEvent(c, 'login.rate-limited', { wait: outcome.wait })
  return rateLimited(c, { ...outcome, field: 'email', values: {} }, (flash) => (
    <WaitPage site={c.get('site')} flash={flash} returnTo={returnTo} />
  ))
}
