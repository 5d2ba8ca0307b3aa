// A program that asks the API: no browser, so it sends no Origin and keeps no cookies; a token where it has one.
import { operations } from '../../src/app.ts'
import type { TestApp } from './make-app.ts'
import { type Answer, broken } from './promised.ts'

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

  /** Asks an operation. @throws where the answer is not one that its document promises. */
  get(path: string): Promise<Answer> {
    return this.#asPromised('GET', path)
  }

  post(path: string, body: object = {}): Promise<Answer> {
    return this.#asPromised('POST', path, body)
  }

  async #asPromised(method: string, path: string, body?: object): Promise<Answer> {
    const one = operations.find((each) => each.method === method && each.path === path)
    if (!one) throw new Error(`there is no operation ${method} ${path}`)
    const answer = await this.ask(method, `/api/v1${path}`, body)
    const why = broken(one, answer)
    if (why) throw new Error(why)
    return answer
  }
}

export async function read(answer: Response): Promise<Answer> {
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) }
}
