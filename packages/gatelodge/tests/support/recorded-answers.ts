// Keeps every answer that the visitors of an app get, to look through them afterwards.
import type { Canaries, Place } from './canaries.ts'
import type { TestApp } from './make-app.ts'
import { Visitor } from './visitor.ts'

export interface Recorded {
  statuses: number[]
  /** The value of each cookie that was ever set, by its kind. */
  cookies(): Canaries
  formTokens(): Canaries
  /** Each body and each header, but Set-Cookie. */
  places(): Place[]
  /** The same without the field that a form token belongs in. */
  placesBesidesForms(): Place[]
}

const kinds: Record<string, string> = {
  gatelodge: 'session token',
  'gatelodge-visitor': 'visit cookie',
  'gatelodge-device': 'device cookie',
}
const tokenField = /name="form_token" value="([^"]+)"/g

/** @returns `visitor` opens a browser at that app, or at another copy of it. */
export function recorder(app: TestApp): { answers: Recorded; visitor: (at?: TestApp) => Visitor } {
  const statuses: number[] = []
  const bodies: Place[] = []
  const headers: Place[] = []
  const cookies: [kind: string, value: string][] = []

  async function record(request: Request, at: TestApp): Promise<Response> {
    const answer = await at.fetch(request)
    const asked = `${request.method} ${new URL(request.url).pathname}`
    statuses.push(answer.status)
    bodies.push({ name: `the body of ${asked}`, content: await answer.clone().text() })
    for (const [name, value] of answer.headers) {
      if (name !== 'set-cookie') headers.push({ name: `${name} of ${asked}`, content: value })
    }
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value) cookies.push([kinds[name] ?? name, value])
    }
    return answer
  }

  const numbered = (list: [string, string][]): Canaries =>
    Object.fromEntries(list.map(([kind, value], index) => [`${kind} ${index}`, value]))
  const answers: Recorded = {
    statuses,
    cookies: () => numbered(cookies),
    formTokens: () =>
      numbered(
        bodies.flatMap(({ content }) =>
          [...String(content).matchAll(tokenField)].map((match): [string, string] => ['form token', match[1] ?? '']),
        ),
      ),
    places: () => [...bodies, ...headers],
    placesBesidesForms: () => [
      ...bodies.map(({ name, content }) => ({ name, content: String(content).replace(tokenField, '') })),
      ...headers,
    ],
  }
  return { answers, visitor: (at = app) => new Visitor((request) => record(request, at), at.services.settings.baseUrl) }
}
