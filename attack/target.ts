// The site that is attacked: how it is asked, who has an account there, and how much of its patience is used up.
import { randomInt } from 'node:crypto'
import { Browser } from './browser.ts'
import { type Answer, type Ask, send } from './http.ts'
import { type Account, type Fields, someone } from './people.ts'
import { type Heard, Line, sendBytes } from './socket.ts'

/** A limit was reached before the guessing began: no result after it would mean anything. */
export class Limited extends Error {
  readonly wait: string
  constructor(wait: string) {
    super(`limited for ${wait} s`)
    this.wait = wait
  }
}

interface Spent {
  registrations: number
  wrongLogIns: number
}

/** What a target that asks from elsewhere shares with the one it came from, and where it asks from. */
interface Kin {
  from: string
  failures: string[]
  spent: Spent
}

export class Target {
  readonly base: URL
  /** Guessing is meant to meet the limits; nothing else is. */
  mayBeLimited = false
  readonly spent: Spent
  /** Since `watch()` was called last. */
  readonly #failures: string[]
  /** The client address that it is asked from; undefined: whichever this machine takes. */
  readonly #from: string | undefined
  readonly #accounts = new Map<string, Promise<Account>>()

  /** In milliseconds: how long a slow connection may stay. The product closes after 10 to 12 s. */
  readonly longestSlow: number

  constructor(base: URL, longestSlow = 18_000, kin?: Kin) {
    this.base = base
    this.longestSlow = longestSlow
    this.#from = kin?.from
    this.#failures = kin?.failures ?? []
    this.spent = kin?.spent ?? { registrations: 0, wrongLogIns: 0 }
  }

  /**
   * The same site, asked from a client address that nobody has come from before: emails are counted by it, and so are
   * tries. Only for a site on this machine, which has the whole of 127.0.0.0/8 for itself.
   */
  elsewhere(): Target {
    const parts = [randomInt(1, 255), randomInt(256), randomInt(1, 255)]
    const kin = { from: `127.${parts.join('.')}`, failures: this.#failures, spent: this.spent }
    const other = new Target(this.base, this.longestSlow, kin)
    // Its limits are its own: reaching one says nothing about the others.
    other.mayBeLimited = true
    return other
  }

  async ask(ask: Ask): Promise<Answer> {
    const answer = await send(this.base, { ...ask, from: this.#from })
    this.#note(ask, answer)
    return answer
  }

  /** For bodies that a server refuses in the middle: its answer may be lost when it closes. */
  async askTwice(ask: Ask): Promise<Answer> {
    try {
      return await this.ask(ask)
    } catch (error) {
      if (!['ECONNRESET', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
      return this.ask(ask)
    }
  }

  get(path: string, headers: Ask['headers'] = {}): Promise<Answer> {
    return this.ask({ path, headers })
  }

  /** As a program of this site's own asks the API. */
  json(path: string, value: unknown, headers: Ask['headers'] = {}): Promise<Answer> {
    const own = { 'content-type': 'application/json', accept: 'application/json', origin: this.base.origin }
    const body = typeof value === 'string' ? value : JSON.stringify(value)
    return this.ask({ method: 'POST', path, body, headers: { ...own, ...headers } })
  }

  /** A request line, headers and a body as they are. `Host` is in front unless the lines bring their own. */
  async bytes(text: string, listen?: number): Promise<Heard> {
    const heard = await sendBytes(this.base, text, listen)
    for (const status of heard.statuses) if (status === 500) this.#failures.push('500 on a bare connection')
    return heard
  }

  line(): Promise<Line> {
    return Line.open(this.base)
  }

  browser(): Browser {
    return new Browser(this)
  }

  /** Whose session a cookie header opens: their email address, or undefined for a visitor. */
  async whoIs(cookie: string): Promise<string | undefined> {
    const answer = await this.get('/api/v1/session', { cookie })
    return answer.status === 200 ? /"email":"([^"]+)"/.exec(answer.body)?.[1] : undefined
  }

  /** Someone new. @throws {Error} where the site does not take an honest registration. */
  async register(fields: Partial<Fields> = {}): Promise<Account> {
    const person = { ...someone(), ...fields }
    const answer = await this.json('/api/v1/register', person)
    const cookie = sessionOf(answer)
    if (answer.status !== 201 || !cookie) throw new Error(`an honest registration was answered ${answer.status}`)
    return { ...person, cookie, device: deviceOf(answer) }
  }

  /** An account that many attacks share, made when the first of them asks. */
  account(label: string, fields: Partial<Fields> = {}): Promise<Account> {
    const known = this.#accounts.get(label) ?? this.register(fields)
    this.#accounts.set(label, known)
    return known
  }

  /** Begins to watch for failures. */
  watch(): void {
    this.#failures.length = 0
  }

  /** Answers that no request whatever may bring about. */
  get failures(): string[] {
    return this.#failures
  }

  #note({ method, path }: Ask, { status, headers, cookies, body }: Answer) {
    if (status >= 500) this.#failures.push(`${status} for ${method ?? 'GET'} ${path.slice(0, 40)}`)
    if (method !== 'POST') return
    const act = path.replace(/^\/api\/v1(?=\/)/, '')
    // As the site counts them: what it could not even read is no attempt.
    if (act.startsWith('/login') && status === 401) this.spent.wrongLogIns += 1
    const isNew = status === 201 || (status === 303 && sessionOf({ cookies }) !== undefined)
    if (act.startsWith('/register') && (isNew || body.includes('"taken"'))) this.spent.registrations += 1
    if (status === 429 && !this.mayBeLimited) throw new Limited(headers['retry-after'] ?? 'some')
  }
}

/** The session's cookie as a browser would send it back, if the answer hands one out. */
export function sessionOf({ cookies }: Pick<Answer, 'cookies'>): string | undefined {
  const line = cookies.find((cookie) => /^(__Host-)?gatelodge(-\d+)?=[^;]/.test(cookie))
  return line?.split(';')[0]
}

/** The cookies by which a site knows a device again: all but the session. */
export function deviceOf({ cookies }: Pick<Answer, 'cookies'>): string {
  const pairs = cookies.map((line) => line.split(';')[0] ?? '')
  return pairs.filter((pair) => sessionOf({ cookies: [pair] }) === undefined).join('; ')
}
