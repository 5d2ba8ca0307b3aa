// May they enter this route of someone else's app? One decision for all frameworks; what a refusal looks like is that of
// our own pages.
import { Hono } from 'hono'
import type { Services } from '../services.ts'
import type { Milliseconds } from '../time.ts'
import type { AppEnv, Refusal } from '../web/http/context.ts'
import { handleError } from '../web/http/error-handler.ts'
import { begin } from '../web/http/request.ts'
import { asksForPage } from '../web/http/wants-page.ts'
import { answerRefusal } from '../web/reverse-proxy/refusal.ts'
import { bearerForApp } from '../web/session/bearer.ts'
import { type Asking, findSession, headerOf, type Who, whoOf } from './who.ts'

export interface Asked {
  asking: Asking
  method: string
  /** Path and query, as they were asked for. */
  target: string
}

/** What a guard demands; neither: a visitor is welcome, too. */
export interface Demand {
  account?: boolean
  authenticatedWithin?: Milliseconds
  secondFactor?: boolean
  group?: string
}

export type Guard = (asked: Asked, demand: Demand) => Promise<Who | null | Response>

/** What a guard has found out is not asked for again. @param who null: a visitor. */
export type Remember = (request: object, who: Who | null) => void

export function createGuard(services: Services): Guard {
  /** Anyone else is a program, such as an app that sends a token: a page of ours would only confuse it. */
  const isPage = ({ asking }: Pick<Asked, 'asking'>) =>
    bearerForApp(services.settings, headerOf(asking, 'authorization')) === undefined &&
    asksForPage((name) => headerOf(asking, name))
  const refuse = refusals(services, isPage)
  return async (asked, { account = false, authenticatedWithin, secondFactor = false, group }) => {
    try {
      const session = await findSession(services, asked.asking)
      if (session === 'two-credentials') return await refuse(asked, { kind: session })
      if (!session) return account ? await refuse(asked, { kind: 'login-required', isNavigation: isPage(asked) }) : null
      if (authenticatedWithin !== undefined && !services.sessions.isRecentlyAuthenticated(session, authenticatedWithin))
        return await refuse(asked, { kind: 'confirm-first' })
      if (secondFactor && session.methods.mfa === undefined) return await refuse(asked, { kind: 'second-factor' })
      if (group !== undefined && !session.account.groups.includes(group))
        return await refuse(asked, { kind: 'not-in-group' })
      return whoOf(session)
    } catch (error) {
      // The database may be away: then it is a page with 503, as everywhere.
      return refuse(asked, { kind: 'failed', error: error as Error })
    }
  }
}

function refusals(services: Services, isPage: (asked: Pick<Asked, 'asking'>) => boolean) {
  const app = new Hono<AppEnv>()
  app.use(begin(services, []))
  app.use(answerRefusal)
  app.onError(handleError)
  return async ({ asking, method, target }: Asked, refusal: Refusal): Promise<Response> => {
    const headers = new Headers()
    const cookie = headerOf(asking, 'cookie')
    if (cookie) headers.set('cookie', cookie)
    headers.set('accept', isPage({ asking }) ? 'text/html' : 'application/json')
    // People come back by GET; that something was posted is said on the page where they log in.
    const isPosted = method !== 'GET' && method !== 'HEAD'
    const { pathname, search } = addressOf(target)
    const request = new Request(`${services.settings.baseUrl}${pathname}${search}`, {
      method: isPosted ? 'POST' : 'GET',
      headers,
    })
    return wholeAddress(await app.fetch(request, { refusal }), services.settings.baseUrl)
  }
}

/** Next takes no path alone from its proxy.ts; and anyone who came by another name is led to where our forms are taken. */
function wholeAddress(answer: Response, baseUrl: string): Response {
  const location = answer.headers.get('location')
  if (location) answer.headers.set('location', new URL(location, baseUrl).href)
  return answer
}

/** A client may write a whole address there, or none (RFC 9112, 3.2): only path and query are asked for. */
function addressOf(target: string): URL {
  const own = 'http://own.invalid'
  return new URL(URL.canParse(target, own) ? target : '/', own)
}
