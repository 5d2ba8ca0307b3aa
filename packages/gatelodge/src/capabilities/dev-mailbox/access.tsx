// Who may look at the mailbox: this machine, with its key; and how an email is shown there.
import type { MiddlewareHandler } from 'hono'
import { loopback } from '../../config/server-url.ts'
import { logoId } from '../../email/logo.ts'
import type { Message } from '../../email/message.ts'
import { answer, page, wantsProblem } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { failure } from '../../web/http/error-pages.tsx'
import { privateAnswer } from '../../web/http/headers.ts'
import { isRequestFromHere } from '../../web/http/request-source.ts'
import { hasKey } from './key.ts'
import { LockedPage } from './pages.tsx'

export const onlyHere: MiddlewareHandler<AppEnv> = async (c, next) =>
  c.get('services').emails.mode === 'mailbox' && isFromHere(c) ? next() : failure(c, 'not-found')

/** Behind a plain proxy on this machine every client has this machine's address: so the address alone is not enough. */
export const withKey: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (hasKey(c)) return next()
  return wantsProblem(c) ? failure(c, 'not-found') : page(c, 403, <LockedPage site={c.get('site')} />)
}

/**
 * Anyone can write any name into `Host`, so the caller's own address counts. The name counts, too: a strange site whose
 * name was pointed at this machine meanwhile would read along in a browser that runs here (DNS rebinding).
 */
function isFromHere(c: Context): boolean {
  return loopback.has(new URL(c.req.url).hostname) && isRequestFromHere(c)
}

const emailPolicy = (pictures: string) =>
  `default-src 'none'; style-src 'unsafe-inline'; ${pictures}form-action 'none'; base-uri 'none'; frame-ancestors 'none'`

/** Its looks stand on its parts, which our own pages do not allow; the attached logo stands in the page itself. */
export function asMailProgram(c: Context, { html, attachments }: Message): Response {
  const logo = attachments?.[0]
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': emailPolicy(logo ? 'img-src data:; ' : ''),
  }
  const picture = logo && `data:${logo.contentType};base64,${logo.content.toString('base64')}`
  return answer(c, 200, picture ? html.replaceAll(`cid:${logoId}`, picture) : html, { ...privateAnswer, ...headers })
}
