// A browser without scripts: keeps cookies, takes the hidden token of a form along, follows nothing by itself.
import type { OutgoingHttpHeaders } from 'node:http'
import type { Answer, Ask } from './http.ts'

/** What a browser needs of the site that is attacked. */
interface Site {
  base: URL
  ask(ask: Ask): Promise<Answer>
  get(path: string, headers?: OutgoingHttpHeaders): Promise<Answer>
}

export class Browser {
  readonly cookies = new Map<string, string>()
  /** Of the form that was opened last. */
  token = ''
  readonly #target: Site

  constructor(target: Site) {
    this.#target = target
  }

  get cookie(): string {
    return [...this.cookies].map((pair) => pair.join('=')).join('; ')
  }

  /** Takes someone's session over. */
  as({ cookie }: { cookie: string }): this {
    this.#keep([cookie])
    return this
  }

  async open(path: string, headers: Ask['headers'] = {}): Promise<Answer> {
    const answer = await this.#target.get(path, { ...this.#cookieHeader(), ...headers })
    this.#keep(answer.cookies)
    this.token = /name="form_token" value="([^"]+)"/.exec(answer.body)?.[1] ?? this.token
    return answer
  }

  /** Sends a form as its page would; `headers` of undefined leave one of the browser's own out. */
  async post(path: string, fields: Record<string, string> | string, headers: Ask['headers'] = {}): Promise<Answer> {
    const own = {
      'content-type': 'application/x-www-form-urlencoded',
      origin: this.#target.base.origin,
      ...this.#cookieHeader(),
    }
    const body =
      typeof fields === 'string' ? fields : String(new URLSearchParams({ form_token: this.token, ...fields }))
    const given = Object.entries({ ...own, ...headers }).filter(([, value]) => value !== undefined)
    const answer = await this.#target.ask({ method: 'POST', path, body, headers: Object.fromEntries(given) })
    this.#keep(answer.cookies)
    return answer
  }

  /** Opens the page of a form and sends it. */
  async submit(path: string, fields: Record<string, string>, headers: Ask['headers'] = {}): Promise<Answer> {
    await this.open(path)
    return this.post(path, fields, headers)
  }

  #cookieHeader(): Record<string, string> {
    return this.cookies.size > 0 ? { cookie: this.cookie } : {}
  }

  #keep(lines: string[]) {
    for (const line of lines) {
      const [pair = ''] = line.split(';')
      const cut = pair.indexOf('=')
      if (/max-age=0/i.test(line)) this.cookies.delete(pair.slice(0, cut))
      else this.cookies.set(pair.slice(0, cut), pair.slice(cut + 1))
    }
  }
}
