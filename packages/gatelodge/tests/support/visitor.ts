// A browser without scripts: keeps cookies, follows links, fills in the form of the page it looks at and reads what comes.

export type Fields = Record<string, string>

type Fetch = (request: Request) => Promise<Response>

export interface Page {
  status: number
  /** The path of the page that was shown in the end. */
  path: string
  headers: Headers
  html: string
  title: string
  /** The notice on top, if there is one. */
  notice: string | undefined
  /** The messages of the summary. */
  summary: string[]
  heading: string
}

let next = 1

export class Visitor {
  /** May be shared with another visitor: the same browser, at another copy of the product. */
  cookies = new Map<string, string>()
  readonly #fetch: Fetch
  readonly #baseUrl: string
  #page: Page | undefined
  /** The session in which that page was shown. */
  #pageOf: string | undefined

  constructor(fetch: Fetch, baseUrl: string) {
    this.#fetch = fetch
    this.#baseUrl = baseUrl
  }

  get page(): Page {
    if (!this.#page) throw new Error('this visitor has not opened a page yet')
    return this.#page
  }

  /** Opens a page and follows where it leads. */
  async open(path: string): Promise<Page> {
    return this.#show(await this.send('GET', path), path)
  }

  /** Fills in the form of the page it looks at (hidden fields come along) and sends it. */
  async submit(fields: Fields, action?: string): Promise<Page> {
    const answer = await this.submitOnly(fields, action)
    return this.#show(answer, answer.headers.get('location') ?? action ?? this.page.path)
  }

  /** The same, but stops at the first answer. */
  async submitOnly(fields: Fields, action = formAction(this.page)): Promise<Response> {
    return this.send('POST', action, new URLSearchParams({ ...hiddenFields(this.page), ...fields }))
  }

  /** One request with this browser's cookies, redirects not followed. */
  async send(method: string, path: string, body?: URLSearchParams | string, headers: Fields = {}): Promise<Response> {
    const own: Fields = method === 'GET' ? {} : { origin: this.#baseUrl, 'sec-fetch-site': 'same-origin' }
    if (this.cookies.size > 0) own.cookie = [...this.cookies].map((pair) => pair.join('=')).join('; ')
    const given = Object.entries({ ...own, ...headers }).filter(([, value]) => value !== '')
    const request = new Request(new URL(path, this.#baseUrl), {
      method,
      headers: Object.fromEntries(given),
      ...(body !== undefined && { body }),
    })
    const answer = await this.#fetch(request)
    this.keep(answer)
    return answer
  }

  /** A program of this site that asks the API: JSON in, JSON out. `body` is empty where none came. */
  async json(
    method: string,
    path: string,
    value?: unknown,
  ): Promise<{ status: number; type: string; body: Record<string, unknown> }> {
    const headers = { accept: 'application/json', ...(value !== undefined && { 'content-type': 'application/json' }) }
    const answer = await this.send(method, path, value === undefined ? undefined : JSON.stringify(value), headers)
    const text = await answer.text()
    const body = text === '' ? {} : JSON.parse(text)
    return { status: answer.status, type: answer.headers.get('content-type') ?? '', body }
  }

  /**
   * Sends the form of that page, and says in a status how it went: 200 done, 422 messages (in the summary), 401 led to the
   * login, 403 led to the password, or the status of the page that refused. Where that page is open, it is not opened again.
   */
  async form(path: string, fields: Partial<Fields> = {}): Promise<Page> {
    // A page of the session before is stale: its form would be refused.
    const isOpen = this.#page?.path === path && this.#page.status === 200 && this.#pageOf === this.sessionCookie
    if (!isOpen) await this.open(path)
    if (this.page.path !== path || this.page.status !== 200) return { ...this.page, status: refusal(this.page) }
    // A page without that form, as for a link that has done its work, is the answer itself.
    if (!formActions(this.page).some((action) => action.endsWith(path)))
      return { ...this.page, status: refusal(this.page) }
    const given = Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined)
    const posted = await this.submitOnly(Object.fromEntries(given), path)
    if (posted.status !== 303) return read(posted, path)
    const to = posted.headers.get('location') ?? ''
    const shown = await this.#show(posted, path)
    // The form was taken: a page that cannot be shown for a moment says nothing of that, and is asked for once more.
    const page = shown.status < 500 ? shown : await this.open(to)
    return { ...page, status: page.status >= 500 ? 200 : refusal(page) }
  }

  /** What the API says of the account that this browser is logged in to; empty for a visitor. */
  async account(): Promise<Record<string, unknown>> {
    const { account } = (await this.json('GET', '/api/v1/session')).body
    return (account ?? {}) as Record<string, unknown>
  }

  /** Someone new, registered and logged in. */
  async register(fields: Partial<Fields> = {}): Promise<Fields> {
    const person = someone(fields)
    await this.open('/register')
    await this.submit(person)
    if (this.page.path !== '/account')
      throw new Error(`registration ended at ${this.page.path}: ${this.page.summary.join(', ')}`)
    return person
  }

  async logIn({ email = '', password = '' }: Fields, more: Fields = {}): Promise<Page> {
    await this.open('/login')
    return this.submit({ email, password, ...more })
  }

  async logOut(): Promise<Page> {
    await this.open('/account')
    return this.submit({}, '/logout')
  }

  /** The session cookie as it stands in this browser. */
  get sessionCookie(): string | undefined {
    return [...this.cookies].find(([name]) => /^(?:__Host-)?gatelodge(?:-\d+)?$/.test(name))?.[1]
  }

  async #show(first: Response, path: string): Promise<Page> {
    let answer = first
    let at = path
    for (let hops = 0; answer.status === 303 && hops < 10; hops += 1) {
      at = answer.headers.get('location') ?? ''
      answer = await this.send('GET', at)
    }
    this.#page = await read(answer, new URL(at, this.#baseUrl).pathname)
    this.#pageOf = this.sessionCookie
    return this.#page
  }

  /** Keeps the cookies of an answer that came by another way. */
  keep(answer: Response): void {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const [name = '', value = ''] = pair.split('=')
      if (/max-age=0/i.test(line)) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
  }
}

/** A person nobody has met before. */
export function someone(fields: Partial<Fields> = {}): Fields {
  next += 1
  const named = { name: 'Ada Lovelace', email: `ada-${next}-${process.pid}@example.org`, password: 'violet tram lamp' }
  return { ...named, ...fields } as Fields
}

/** What a page that one was led to says of the form before it. */
function refusal({ status, path, summary, notice = '', html }: Page): number {
  if (summary.length > 0) return 422
  if (/Log in with your current address to continue|You are logged in to another account/.test(html)) return 401
  if (path === '/login' && /^(?:Log in to see|You were logged out)/.test(notice)) return 401
  return path === '/reauthenticate' ? 403 : status
}

async function read(answer: Response, path: string): Promise<Page> {
  const html = await answer.text()
  const summary = /<div class="summary".*?<\/div>/s.exec(html)?.[0] ?? ''
  return {
    status: answer.status,
    path,
    headers: answer.headers,
    html,
    title: textOf(/<title>(.*?)<\/title>/s.exec(html)?.[1] ?? ''),
    notice: /<div class="flash[^"]*" role="alert"><p>(.*?)<\/p>/s.exec(html)?.[1]?.replace(/<[^>]+>/g, ''),
    summary: [...summary.matchAll(/<a href="#[\w]+">(.*?)<\/a>/gs)].map((match) => textOf(match[1] ?? '')),
    heading: textOf(/<h1>(.*?)<\/h1>/s.exec(html)?.[1] ?? ''),
  }
}

function formAction(page: Page): string {
  // The logout form stands in the header; the page's own form comes after it.
  return formActions(page).at(-1) ?? page.path
}

function formActions({ html }: Page): string[] {
  return [...html.matchAll(/<form[^>]* action="([^"]+)"/g)].map((match) => textOf(match[1] ?? ''))
}

function hiddenFields(page: Page): Fields {
  const form = page.html.slice(page.html.lastIndexOf('<form'))
  const inputs = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  return Object.fromEntries(inputs.map((match) => [match[1] ?? '', textOf(match[2] ?? '')]))
}

export function textOf(html: string): string {
  const entities: Fields = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }
  return html.replace(/<[^>]+>/g, '').replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity)
}

/** Where someone is led who has just logged in on the way to an app: the login page looks whether the cookies were kept. */
export async function ledOn(visitor: Visitor, answer: Response): Promise<string | null> {
  const looking = answer.headers.get('location') ?? ''
  if (!/\/login\?return_to=.*&cookies=1$/.test(looking)) throw new Error(`led to ${looking}`)
  return (await visitor.send('GET', looking)).headers.get('location')
}
