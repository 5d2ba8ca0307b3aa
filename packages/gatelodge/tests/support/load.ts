// People who register, come back and log in at several copies of the product at once, until they are stopped; and what each
// was told.
import { setTimeout as pause } from 'node:timers/promises'
import type { TestApp } from './make-app.ts'
import { type Fields, someone, type Visitor } from './visitor.ts'

export interface Told {
  act: 'register' | 'session' | 'login'
  copy: number
  status: number
  person: Fields
  began: number
  ended: number
}

export interface Load {
  told: Told[]
  stop(): Promise<void>
}

/** @param people at each copy; each pauses a little after everything. */
export function loadOn(copies: TestApp[], people: number): Load {
  const told: Told[] = []
  const known: { person: Fields; browser: Visitor }[] = []
  let goesOn = true

  async function say(act: Told['act'], copy: number, person: Fields, ask: () => Promise<{ status: number }>) {
    const began = performance.now()
    const { status } = await ask()
    told.push({ act, copy, status, person, began, ended: performance.now() })
    await pause(40)
    return status
  }

  /** The same browser, at that copy. */
  const at = (copy: number, browser?: Visitor) => {
    const visitor = (copies[copy] as TestApp).visitor()
    if (browser) visitor.cookies = browser.cookies
    return visitor
  }

  async function live(copy: number, number: number) {
    const other = (copy + 1) % copies.length
    for (let turn = number; goesOn; turn += 1) {
      const person = someone()
      const browser = at(copy)
      const status = await say('register', copy, person, () => browser.json('POST', '/api/v1/register', person))
      // Where the last request went says nothing of where the next one goes.
      if (status === 201) {
        known.push({ person, browser })
        await say('session', other, person, () => at(other, browser).json('GET', '/api/v1/session'))
      }
      const earlier = known[(turn * 7919) % Math.max(1, known.length)]
      if (!earlier) continue
      await say('session', copy, earlier.person, () => at(copy, earlier.browser).json('GET', '/api/v1/session'))
      if (turn % 4 === 0)
        await say('login', copy, earlier.person, () => at(copy).json('POST', '/api/v1/login', earlier.person))
    }
  }

  const lives = copies.flatMap((_, copy) => Array.from({ length: people }, (_, number) => live(copy, number)))
  return {
    told,
    async stop() {
      goesOn = false
      await Promise.all(lives)
    },
  }
}
