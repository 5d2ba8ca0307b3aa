// Which steps there are, and how often each is taken.
import * as fc from 'fast-check'
import * as account from './commands-account.ts'
import { forget, openLink, replayInvalidLinks } from './commands-emails.ts'
import { logIn, logInByForm, logOut, register } from './commands-entering.ts'
import * as factors from './commands-factors.ts'
import * as leaving from './commands-leaving.ts'
import * as passkeys from './commands-passkeys.ts'
import { passByCode, passByPasskey } from './commands-step.ts'
import { pauses, purged, timePasses } from './commands-time.ts'
import { browserNames } from './model.ts'
import { addresses, passwordsOf, spelled, usualAddress } from './people.ts'
import { type Step, stepsOfAStory } from './step.ts'

const browser = fc.constantFrom(...browserNames)
const typed = fc.record({ isRight: fc.integer({ max: 4, min: 0 }).map((one) => one > 0), pick: fc.nat({ max: 2 }) })
const name = fc.constantFrom('Anna', 'Anna Lind')
/** Seldom in another spelling. */
const isOdd = fc.nat({ max: 4 }).map((one) => one === 4)
const anyAddress = fc.tuple(fc.constantFrom(...addresses), isOdd).map(([address, odd]) => spelled(address, odd))
/** Mostly the owner's: that is what both of them are after. */
const mainAddress = fc
  .tuple(fc.constantFrom(addresses[0], addresses[0], ...addresses), isOdd)
  .map(([address, odd]) => spelled(address, odd))

const seldom = fc.nat({ max: 5 }).map((one) => one === 5)

const registers = fc
  .tuple(browser, mainAddress, fc.boolean(), fc.nat({ max: 2 }), name, seldom)
  .map(([who, any, isOwn, pick, called, insists]) => {
    const email = isOwn ? usualAddress(who) : any
    return register({ browser: who, email, password: passwordsOf(who)[pick] ?? '', name: called }, insists)
  })

const link = fc.record({ age: fc.constantFrom(0, 0, 0, 1, 2, 5), goodFirst: fc.nat({ max: 3 }).map((one) => one > 0) })

const once = (make: (who: (typeof browserNames)[number]) => Step) => browser.map(make)
const proving = (make: (who: (typeof browserNames)[number], how: { isRight: boolean; pick: number }) => Step) =>
  fc.tuple(browser, typed).map(([who, how]) => make(who, how))

const entering = fc.record({ browser, email: mainAddress, typed, isRemembered: fc.boolean(), insists: seldom })

/** Mostly the code that the app shows now. */
const away = fc.constantFrom(0, 0, 0, 0, -1, -2, 2)
const typedFactor = fc.record({
  by: fc.constantFrom('app' as const, 'app' as const, 'recovery' as const),
  away,
  isFresh: fc.nat({ max: 4 }).map((one) => one > 0),
  pick: fc.nat({ max: 9 }),
  waits: fc.nat({ max: 3 }).map((one) => one > 0),
})
const key = fc.record({ pick: fc.nat({ max: 3 }), isVerified: fc.boolean() })

/** An hour or two is what most things take. */
const usualPauses = Object.keys(pauses).flatMap((words, index) => Array<string>(index < 4 ? 3 : 1).fill(words))

const steps: [weight: number, step: fc.Arbitrary<Step>][] = [
  [8, registers],
  [16, entering.map(logIn)],
  [4, entering.map(logInByForm)],
  [3, once(logOut)],
  [4, fc.tuple(browser, mainAddress).map(([who, email]) => forget(who, email))],
  [16, fc.tuple(browser, link, typed).map(([who, which, how]) => openLink(who, which, how))],
  [2, once(replayInvalidLinks)],
  [5, once(account.sendAgain)],
  [8, proving(account.changePassword)],
  [8, proving(account.reauthenticate)],
  [3, fc.tuple(browser, name).map(([who, called]) => account.changeName(who, called))],
  [18, fc.tuple(browser, anyAddress).map(([who, email]) => account.changeEmail(who, email))],
  [5, once(account.sendChangeAgain)],
  [4, once(account.cancelChange)],
  [5, fc.tuple(browser, fc.nat({ max: 4 })).map(([who, which]) => leaving.endDevice(who, which))],
  [3, once(leaving.endOthers)],
  [3, once(leaving.exportData)],
  [6, proving(leaving.deleteAccount)],
  [12, fc.tuple(browser, away).map(([who, off]) => factors.addApp(who, off))],
  [3, once(factors.removeApp)],
  [4, once(factors.renewCodes)],
  [12, fc.tuple(browser, typedFactor).map(([who, how]) => factors.reauthenticateByCode(who, how))],
  [30, fc.tuple(browser, typedFactor, fc.boolean()).map(([who, how, trusts]) => passByCode(who, how, trusts))],
  [10, once(passkeys.addPasskey)],
  [4, fc.tuple(browser, fc.nat({ max: 3 })).map(([who, which]) => passkeys.removePasskey(who, which))],
  [10, fc.tuple(browser, key).map(([who, which]) => passkeys.logInByPasskey(who, which))],
  [8, fc.tuple(browser, key).map(([who, which]) => passkeys.reauthenticateByPasskey(who, which))],
  [16, fc.tuple(browser, key, fc.boolean()).map(([who, which, trusts]) => passByPasskey(who, which, trusts))],
  [5, fc.constantFrom(...usualPauses).map(timePasses)],
  [2, fc.constant(null).map(purged)],
]

const nothing: Step = { check: () => false, run: async () => {}, toString: () => '-' }

/** Many times what a story takes, because most make no sense when their turn comes. Each shrinks to nothing at all. */
const length = 15 * stepsOfAStory

export const story: fc.Arbitrary<Step[]> = fc.noBias(
  fc.array(
    fc.oneof(
      { withCrossShrink: true },
      { weight: 1, arbitrary: fc.constant(nothing) },
      ...steps.map(([weight, arbitrary]) => ({ weight, arbitrary })),
    ),
    { minLength: length, maxLength: length },
  ),
)
