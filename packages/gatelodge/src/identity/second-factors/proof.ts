// Proves the second factor, at log-in and in reauthentication: reads the code or the passkey, and decides what it is counted
// under. Knows no HTTP.
import { asksForFactor } from '../accounts/demands.ts'
import type { RateLimited, Tries } from '../attempts/rules.ts'
import type { LoginAccount } from '../logins/login.ts'
import type { AskedFactor, FactorProblem, FactorProof, ProofNeeds, ProvedFactor, TypedFactor } from './factor-proof.ts'
import { problemOf, refuse, type WrongCode } from './failed-proof.ts'
import { codeBudget, reauthenticationBudget } from './limits.ts'
import { recoveryCodeUsed } from './recovery-code-used.ts'
import type { RightCode } from './rules.ts'
import { readAppCode, readRecoveryCode } from './typed-code.ts'

/** @throws {Busy} where too much is being hashed. @throws {Unavailable} where the database is away: no try is spent. */
export async function proveFactor(needs: ProofNeeds, asked: AskedFactor, typed: TypedFactor): Promise<FactorProof> {
  if (typed.answer) return provePasskey(needs, asked, typed.answer)
  const isRecovery = typed.recovery_code !== undefined
  const field = isRecovery ? 'recovery_code' : 'code'
  const read = isRecovery ? readRecoveryCode(typed.recovery_code ?? '') : readAppCode(typed.code ?? '')
  if (read.kind === 'unreadable') return { kind: 'refused', problems: [problemOf(field, read.code)] }
  const { account, source, knownDevice } = asked
  const own = isRecovery ? await ownTries(needs, asked) : codeTries(needs, account, knownDevice)
  if ('kind' in own) return own
  const { tries } = own
  const found = await needs.secondFactors.look(account.id, read, source.clientAddress)
  if (found.kind === 'wrong') return refuse(needs, asked, { field, tries, code: found.code })
  const now = needs.clock.now()
  return {
    kind: 'proved',
    methods: { otp: now, mfa: now },
    tries: own.right,
    work: take(needs, asked, found, field),
    refuse: () => refuse(needs, asked, { field, tries, code: 'used' }),
  }
}

/** A passkey or a security key. Without user verification it is one factor, and none beside another key. */
async function provePasskey(needs: ProofNeeds, asked: AskedFactor, answer: unknown): Promise<FactorProof> {
  const { account, source, underWay, by, before } = asked
  const own = await ownTries(needs, asked)
  if ('kind' in own) return own
  const wrong: WrongCode = { field: 'answer', tries: own.tries, code: 'wrong' }
  const ceremony = underWay ? 'second-factor' : 'reauthenticate'
  const judged = await needs.passkeys.judgeUse(answer, { ceremony, by }, account.id)
  if (judged.kind === 'wrong') return refuse(needs, asked, wrong)
  const isSecond = judged.isVerified || before.pwd !== undefined || before.email !== undefined
  const needsSecond = underWay !== undefined || asksForFactor(account)
  if (needsSecond && !isSecond) return { kind: 'refused', problems: [{ field: 'answer', code: 'same-kind' }] }
  const copied = needs.audit.record('passkey.copy-suspected', source, { account: account.id })
  return {
    kind: 'proved',
    methods: { ...judged.methods, ...(needsSecond && { mfa: needs.clock.now() }) },
    tries: own.right,
    async work(trx) {
      if (!(await judged.take(trx))) return { kind: 'refused', problems: [{ field: 'answer', code: 'wrong' }] }
      if (judged.wentBack) await needs.audit.write(trx, copied)
      return undefined
    },
    refuse: () => refuse(needs, asked, wrong),
  }
}

interface Counted {
  tries: Tries
  /** For a proof that was right. */
  right: ProvedFactor['tries']
}

/**
 * Counted under the account, whichever log-in the code belongs to; with a device that is known to the account, under that
 * device alone, so that nobody who knows the password can keep the owner out.
 */
function codeTries(
  { attempts }: Pick<ProofNeeds, 'attempts'>,
  { id }: LoginAccount,
  knownDevice: string | undefined,
): Counted {
  const tries = attempts.of('code', `${id.toString('hex')} ${knownDevice ?? ''}`, codeBudget)
  return { tries, right: { admit: tries, forgets: knownDevice !== undefined } }
}

/**
 * Recovery codes and passkeys are outside that count: nobody guesses one, and anyone who has used up all tries of the app must
 * not keep its owner out. A log-in under way takes five wrong ones. A session has a count of its own, which is looked at before
 * the answer is: to judge one costs a hash, or a signature.
 */
async function ownTries(
  { attempts }: Pick<ProofNeeds, 'attempts'>,
  { by, underWay }: AskedFactor,
): Promise<Counted | RateLimited> {
  if (underWay) return { tries: [], right: { admit: [], forgets: false } }
  const tries = attempts.of('reauthentication', by.toString('hex'), reauthenticationBudget)
  return (await attempts.rateLimited(tries)) ?? { tries, right: { admit: tries, forgets: true } }
}

function take(
  needs: ProofNeeds,
  asked: AskedFactor,
  found: RightCode,
  field: FactorProblem['field'],
): ProvedFactor['work'] {
  const tell = found.by === 'recovery' ? recoveryCodeUsed(needs, asked) : async () => {}
  return async (trx) => {
    if (!(await found.take(trx))) return { kind: 'refused', problems: [problemOf(field, 'used')] }
    await tell(trx)
    return undefined
  }
}
