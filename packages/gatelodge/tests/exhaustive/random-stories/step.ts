// One step of a story: someone does something, the model says what has to come of it, and afterwards everything is compared.
import type { AsyncCommand } from 'fast-check'
import { expect } from 'vitest'
import { seconds } from '../../../src/time.ts'
import type { Authenticator } from '../../support/authenticator.ts'
import type { TestApp } from '../../support/make-app.ts'
import type { Fields, Visitor } from '../../support/visitor.ts'
import { checkEverything } from './check.ts'
import type { Holder } from './factors.ts'
import { type BrowserName, browserNames, type Model } from './model.ts'

export interface Real {
  app: TestApp
  visitors: Record<BrowserName, Visitor>
  /** The newest email that was looked at. */
  lastEmail: Buffer
  /** The story so far, in words. */
  told: string[]
  /** Each with the one passkey that it has made. */
  devices: { holder: Holder; id: string; device: Authenticator }[]
}

export type Step = AsyncCommand<Model, Real>

/** So long is a story. */
export const stepsOfAStory = 40

type Answers = [told: unknown, expected: unknown]

interface Doing {
  words: string
  /** Whether it makes sense now. */
  check?(m: Readonly<Model>): boolean
  /** Asks the product and the model. @returns both answers; where several are right, the model's is a list. */
  act(m: Model, r: Real): Promise<Answers>
}

export function step({ words, check = () => true, act }: Doing): Step {
  return {
    check: (m) => m.steps < stepsOfAStory && check(m),
    async run(m, r) {
      // People need a moment; and of two sessions each has a beginning of its own.
      r.app.clock.pass(seconds(1))
      m.now = r.app.clock.now()
      m.steps += 1
      m.emails = []
      try {
        const [told, expected] = await act(m, r)
        r.told.push(`${words}: ${told}`)
        m.taken.add(`${kindOf(words)}: ${told}`)
        if (![expected].flat().includes(told)) throw new Error(`was answered ${told}, and ought to be ${expected}`)
        keepCookies(m, r)
        await checkEverything(m, r)
      } catch (error) {
        throw new Error(`${r.told.join('\n')}\n${words}\n${(error as Error).message}`, { cause: error })
      }
    },
    toString: () => words,
  }
}

/** Without who, whose and how exactly: `goes on with the code`. */
const kindOf = (words: string) =>
  words
    .replace(/^(?:desk|phone|stranger) /, '')
    .replace(/[ ,(]*(?:\d|\().*/, '')
    .replace(/ (?:of|that|by|as|"|anna|mallory).*/, '')

/** Every cookie that was ever given out is tried again later. */
function keepCookies(m: Model, r: Real): void {
  for (const name of browserNames) {
    const { session } = m.browsers[name]
    if (session?.cookie === '') session.cookie = r.visitors[name].sessionCookie ?? 'none was given'
  }
}

/** Opens the link of an email, and presses the button. */
export async function press(visitor: Visitor, link: string, action: string, fields: Fields): Promise<number> {
  // Shown once more, as an older page of the same form may be too old to be sent.
  expect((await visitor.open(link)).path).not.toBe(link)
  return (await visitor.form(action, fields)).status
}
