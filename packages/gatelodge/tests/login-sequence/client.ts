// A program that logs in through the API: a browser on a page of the site, with cookies, or an app with a token.
import type { LoginOptions } from '../../src/identity/logins/login.ts'
import type { TestApp } from '../support/make-app.ts'
import { Visitor } from '../support/visitor.ts'

export type Kind = LoginOptions['as']

export interface Reply {
  status: number
  code: string | undefined
}

export class Client {
  readonly as: Kind
  readonly app: TestApp
  readonly visitor: Visitor
  /** What it goes on with, where it is an app. */
  loginToken: string | undefined
  /** The session's, where it is an app. */
  token: string | undefined
  /** The last answer. */
  told: Record<string, string | undefined> = {}

  constructor(app: TestApp, as: Kind) {
    this.app = app
    this.as = as
    this.visitor = new Visitor(app.fetch, app.services.settings.baseUrl)
  }

  /** Another one that holds the same log-in under way: someone has a copy. */
  copy(): Client {
    const copy = new Client(this.app, this.as)
    copy.loginToken = this.loginToken
    copy.visitor.cookies = new Map(this.visitor.cookies)
    return copy
  }

  /** What begins a log-in: it says which session it wants. */
  begin(path: string, body: object): Promise<Reply> {
    return this.post(path, { ...body, session: this.as })
  }

  /** What goes on with it. */
  goOn(path: string, body: object = {}): Promise<Reply> {
    return this.post(path, { ...body, ...(this.loginToken && { login_token: this.loginToken }) })
  }

  async post(path: string, body: object): Promise<Reply> {
    const sent = JSON.stringify(body)
    const answer = await this.visitor.send('POST', `/api/v1${path}`, sent, { 'content-type': 'application/json' })
    const text = await answer.text()
    const told = (text ? JSON.parse(text) : {}) as Record<string, string | undefined>
    this.told = told
    this.loginToken = told.login_token ?? this.loginToken
    this.token = told.token ?? this.token
    return { status: answer.status, code: told.code }
  }

  /** Whose session it has, and by which methods; undefined: none. */
  async session(): Promise<{ email: string; methods: string[] } | undefined> {
    const headers = this.token ? { authorization: `Bearer ${this.token}` } : {}
    const answer = await this.visitor.send('GET', '/api/v1/session', undefined, headers as Record<string, string>)
    if (answer.status !== 200) return undefined
    const { account, session } = (await answer.json()) as { account: { email: string }; session: { methods: object } }
    return { email: account.email, methods: Object.keys(session.methods) }
  }
}
