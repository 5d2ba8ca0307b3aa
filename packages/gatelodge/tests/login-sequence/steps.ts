// The steps that the matrix walks: those of the product, and one of its own behind them; and how each is passed.
import { Hono } from 'hono'
import { started, stepDue } from '../../src/api/answers.ts'
import { loginSteps } from '../../src/app.ts'
import type { Method } from '../../src/identity/logins/methods.ts'
import { minutes } from '../../src/time.ts'
import { problem } from '../../src/web/http/answer.ts'
import type { AppEnv, Context } from '../../src/web/http/context.ts'
import { continueLogin, standing } from '../../src/web/session/login-under-way.ts'
import type { Step } from '../../src/web/session/step.ts'
import { emailsOf } from '../support/flows/links.ts'
import { shown } from '../support/second-factor.ts'
import type { Fields } from '../support/visitor.ts'
import type { Client, Reply } from './client.ts'

/** Whether it is due: set by each scene. */
export const demanded = new Set<string>()

function testStep(name: string, code: Step['code'], method: Method, lasts: number): Step {
  const isDue: Step['isDue'] = async ({ proof }) => demanded.has(name) && proof.methods[method] === undefined
  return { name, page: `/${name}`, code, lasts, isDue }
}

const quiz = testStep('quiz', 'reauthentication-required', 'hwk', minutes(10))

/** In the order in which they are due. */
export const steps: Step[] = [...loginSteps, quiz]

/** As a capability would write it: is it my turn, is the answer right, go on. */
async function pass(c: Context, step: Step, methods: Method[]): Promise<Response> {
  const { login_token, answer } = c.get('fields') as { login_token?: string; answer?: string }
  const { database, loginsUnderWay, clock } = c.get('services')
  const found = await standing(c, login_token)
  if (!found) return problem(c, 'login-over')
  if (found.kind === 'passed') return problem(c, 'not-found')
  if (found.step !== step) return stepDue(c, found)
  if (!(await loginsUnderWay.countTry(database.db, found.login))) return problem(c, 'login-over')
  if (answer !== 'right') return problem(c, 'credentials')
  const now = clock.now()
  const proved = Object.fromEntries(methods.map((method) => [method, now]))
  const outcome = await continueLogin(c, found.login, { methods: proved })
  if (outcome.kind === 'logged-in') return started(c, 200, outcome)
  return outcome.kind === 'step-due' ? stepDue(c, outcome) : problem(c, 'login-over')
}

export const stepRoutes = new Hono<AppEnv>()
stepRoutes.post('/api/v1/quiz', (c) => pass(c, quiz, ['hwk']))

export interface Passing {
  /** What it adds to the proof. */
  methods: Method[]
  pass(client: Client, person: Fields): Promise<Reply>
  /** The same with something that is someone else's, or wrong. */
  fail(client: Client, other: Fields): Promise<Reply>
}

async function confirm(client: Client, person: Fields): Promise<Reply> {
  const email = (await emailsOf(client.app, person, 'verify-email')).at(-1)
  return client.goOn('/verification/confirm', { token: email?.link?.token, session: client.as })
}

/** The keys in the apps of those who have one, by their address. */
export const keys = new Map<string, string>()

/** For a person who has no app: a code that belongs to no account. */
function codeOf({ app }: Client, { email = '' }: Fields): string {
  const key = keys.get(email)
  return key ? shown(app, key) : '000000'
}

async function setUp(client: Client, typed: (code: string) => string): Promise<Reply> {
  const begun = await client.goOn('/two-factor/start')
  const { key = '', setup } = client.told
  if (begun.status !== 200) return begun
  return client.goOn('/two-factor/confirm', { setup, code: typed(shown(client.app, key)) })
}

/** By name. A step that has no entry here fails the matrix. */
export const passings: Record<string, Passing> = {
  'verified address': { methods: ['email'], pass: confirm, fail: confirm },
  'second factor': {
    methods: ['mfa', 'otp'],
    pass: (client, person) => client.goOn('/two-factor', { code: codeOf(client, person) }),
    fail: (client, other) => client.goOn('/two-factor', { code: codeOf(client, other) }),
  },
  'second factor set up': {
    methods: ['mfa', 'otp'],
    pass: (client) => setUp(client, (code) => code),
    fail: (client) => setUp(client, (code) => code.replace(/./g, (digit) => String((Number(digit) + 1) % 10))),
  },
  'new password': {
    methods: [],
    pass: (client) => client.goOn('/password/renew', { new_password: 'amber ferry clock' }),
    fail: (client) => client.goOn('/password/renew', { new_password: 'short' }),
  },
  quiz: {
    methods: ['hwk'],
    pass: (client) => client.goOn('/quiz', { answer: 'right' }),
    fail: (client) => client.goOn('/quiz', { answer: 'wrong' }),
  },
}
