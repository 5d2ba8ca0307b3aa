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

  /** As a program would: JSON in, JSON out. */
  async json(
    method: string,
    path: string,
    value?: unknown,
  ): Promise<{ status: number; type: string; body: Record<string, unknown> }> {
    const headers = { accept: 'application/json', ...(value !== undefined && { 'content-type': 'application/json' }) }
    const answer = await this.send(method, path, value === undefined ? undefined : JSON.stringify(value), headers)
    return {
      status: answer.status,
      type: answer.headers.get('content-type') ?? '',
      body: JSON.parse(await answer.text()),
    }
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
  const actions = [...page.html.matchAll(/<form[^>]* action="([^"]+)"/g)].map((match) => match[1] ?? '')
  return actions.at(-1) ?? page.path
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
