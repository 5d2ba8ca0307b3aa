// For programs: each operation at its path, and the document that describes them all (OpenAPI 3.1).
import { Hono, type MiddlewareHandler } from 'hono'
import { apiPath, paths } from '../paths.ts'
import type { Services } from '../services.ts'
import { readShape } from '../web/forms/form.ts'
import type { AppEnv, Context } from '../web/http/context.ts'
import { answerDocument, keptDocument } from '../web/http/kept-document.ts'
import { keptPage } from '../web/http/kept-page.ts'
import { factorLatelyProved, loggedIn, recentlyAuthenticated, visitorOnly } from '../web/session/guards.ts'
import { withKey } from './admin-key.ts'
import { refused } from './answers.ts'
import { openApi } from './openapi.ts'
import type { Document } from './openapi-parts.ts'
import type { Operation } from './operation.ts'
import { OperationsPage, ReferencePage } from './pages.tsx'
import { entriesOf, referencePaths } from './reference.ts'

const pass: MiddlewareHandler<AppEnv> = (_, next) => next()

const guards: Record<Exclude<Operation['who'], 'key'>, [MiddlewareHandler<AppEnv>, MiddlewareHandler<AppEnv>]> = {
  anyone: [pass, pass],
  visitor: [visitorOnly, pass],
  'logged-in': [loggedIn, pass],
  'factor-lately-proved': [loggedIn, factorLatelyProved],
  'recently-authenticated': [loggedIn, recentlyAuthenticated],
}

export function createApi(about: Pick<Services, 'settings' | 'text'>, operations: Operation[]): Hono<AppEnv> {
  const api = new Hono<AppEnv>()
  // Made when it is first asked for, and kept: most runs never are.
  let made: Document | undefined
  const document = () => {
    made ??= openApi(about, operations)
    return made
  }
  const entries = () => entriesOf(document())
  api.get(
    paths.apiReference,
    keptPage((site) => ReferencePage({ site, entries: entries() })),
  )
  for (const path of referencePaths)
    api.get(
      path,
      keptPage((site) => OperationsPage({ site, path, entries: entries() })),
    )
  const kept = keptDocument(document)
  api.get(paths.apiDocument, (c) => answerDocument(c, kept()))
  for (const one of operations) {
    const [first, second] = one.who === 'key' ? [withKey(one), pass] : guards[one.who]
    api.on(one.method, apiPath + one.path, first, second, (c) => readAndAnswer(c, one))
  }
  return api
}

function readAndAnswer(c: Context, { method, body, answer }: Operation): Response | Promise<Response> {
  if (method === 'GET') return answer(c, {})
  const read = readShape(c, body)
  return read.kind === 'refused' ? refused(c, read.problems) : answer(c, read.input)
}
