// A program that asks the API: no browser, so it sends no Origin and keeps no cookies; a token where it has one.
import type { TestApp } from './make-app.ts'

export interface Answer {
  status: number
  headers: Headers
  /** What the JSON said; undefined where there was none. */
  body: unknown
}

export class Program {
  token: string | undefined
  readonly #app: TestApp

  constructor(app: TestApp, token?: string) {
    this.#app = app
    this.token = token
  }

  /** @param body undefined: none is sent. */
  async ask(
    method: string,
    path: string,
    body?: unknown,
    more: Record<string, string | undefined> = {},
  ): Promise<Answer> {
    const headers: Record<string, string | undefined> = {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
      ...more,
    }
    const given = Object.entries(headers).filter((pair): pair is [string, string] => pair[1] !== undefined)
    const request = new Request(this.#app.services.settings.baseUrl + path, {
      method,
      headers: given,
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return read(await this.#app.fetch(request))
  }

  get(path: string): Promise<Answer> {
    return this.ask('GET', `/api/v1${path}`)
  }

  post(path: string, body: object = {}): Promise<Answer> {
    return this.ask('POST', `/api/v1${path}`, body)
  }
}

export async function read(answer: Response): Promise<Answer> {
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) }
}
