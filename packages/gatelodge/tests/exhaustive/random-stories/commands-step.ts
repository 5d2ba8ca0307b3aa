// The step behind a first proof: a code of the app, a recovery code or a passkey, in a browser that may be trusted from then on.
import { proved } from './commands-entering.ts'
import { answerOf, hasDevice, type Key, ownerOfKey, wordsOfKey } from './commands-passkeys.ts'
import { holderOf, isGoing, type Proofs, trust } from './factors.ts'
import { type BrowserName, type Model, sessionIn, type UnderWay } from './model.ts'
import { type Step, step } from './step.ts'
import { isTaken, mayGuess, type TypedFactor, typedBy, wait, wordsOf } from './typed-factor.ts'

const waitingIn = (m: Readonly<Model>, browser: BrowserName): UnderWay | undefined => {
  const { underWay } = m.browsers[browser]
  return !sessionIn(m as Model, browser) && underWay?.step === 'code' ? underWay : undefined
}

export function passByCode(browser: BrowserName, typed: TypedFactor, isTrusting: boolean): Step {
  return step({
    words: `${browser} goes on with the ${wordsOf(typed)}${isTrusting ? ', and trusts the device' : ''}`,
    check: (m) => waitingIn(m, browser) !== undefined && mayGuess(m, (waitingIn(m, browser) as UnderWay).account),
    async act(m, r) {
      await wait(m, r, typed)
      const underWay = waitingIn(m, browser) as UnderWay
      const { account } = underWay
      const who = holderOf(browser)
      const sent = typedBy(r, who, account.app, typed)
      const { status } = await r.visitors[browser].json('POST', '/api/v1/two-factor', { ...sent, trust: isTrusting })
      if (!isGoing(m, underWay)) return [status, 401]
      if (!isTaken(m, account, { who, typed, sent })) return [status, refused(underWay)]
      passed(m, browser, { underWay, proofs: { mfa: m.now }, isTrusting })
      return [status, 200]
    },
  })
}

export function passByPasskey(browser: BrowserName, key: Key, isTrusting: boolean): Step {
  return step({
    words: `${browser} goes on with ${wordsOfKey(key)}${isTrusting ? ', and trusts the device' : ''}`,
    check: (m) => waitingIn(m, browser) !== undefined && hasDevice(m, browser),
    async act(m, r) {
      const underWay = waitingIn(m, browser) as UnderWay
      const { account } = underWay
      const visitor = r.visitors[browser]
      const asked = await visitor.json('POST', '/api/v1/two-factor/options', {})
      if (!isGoing(m, underWay)) return [asked.status, 401]
      if (account.passkeys.length === 0) return [asked.status, 404]
      const { answer, proofs } = answerOf(r, browser, asked.body.options as object, key, account.passkeys)
      const { status } = await visitor.json('POST', '/api/v1/two-factor', { answer, trust: isTrusting })
      if (ownerOfKey(m, answer.id) !== account) return [status, refused(underWay)]
      // One factor, and none beside another key: that costs no try.
      if (!key.isVerified && underWay.proofs.pwd === undefined) return [status, 422]
      passed(m, browser, { underWay, proofs: { ...proofs(m.now), mfa: m.now }, isTrusting })
      return [status, 200]
    },
  })
}

/** The fifth ends it. */
function refused(underWay: UnderWay): number {
  underWay.tries += 1
  return underWay.tries < 5 ? 422 : 401
}

interface Passed {
  underWay: UnderWay
  proofs: Proofs
  isTrusting: boolean
}

function passed(m: Model, browser: BrowserName, { underWay, proofs, isTrusting }: Passed): void {
  const { account, isRemembered } = underWay
  if (isTrusting) trust(m, browser, account)
  proved(m, browser, account, { isRemembered, proofs: { ...underWay.proofs, ...proofs } })
}
