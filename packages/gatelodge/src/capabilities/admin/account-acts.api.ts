// What programs may do to one account, an operation for each act.
import { z } from 'zod'
import { accepted } from '../../api/answers.ts'
import { type OperationId, operation } from '../../api/operation.ts'
import { reason } from '../../api/shapes.ts'
import type { ProblemCode } from '../../web/http/problem-codes.ts'
import type { Act } from './act.rules.ts'
import { deleteAccount, restoreAccount } from './deletion.rules.ts'
import { account, act, actOnAccount, Managed, ofAct } from './for-programs.ts'
import { demandNewPassword, makeResetLink } from './password.rules.ts'
import { verifyAddress } from './profile.rules.ts'
import { disableAccount, enableAccount } from './state.rules.ts'

function onAccount<Outcome extends { kind: string }>(id: OperationId, path: string, one: Act<z.ZodObject, Outcome>) {
  return operation({
    id,
    method: 'POST',
    path: `/admin/accounts/${path}`,
    who: 'key',
    admin: { scope: 'accounts:write' },
    body: z.object({ account, reason }),
    answers: { 200: Managed },
    problems: ofAct,
    answer: (c, given) => actOnAccount(c, one, given, {}),
  })
}

export const adminDisableAccount = onAccount('adminDisableAccount', 'disable', disableAccount)
export const adminEnableAccount = onAccount('adminEnableAccount', 'enable', enableAccount)
export const adminDeleteAccount = onAccount('adminDeleteAccount', 'delete', deleteAccount)
export const adminRestoreAccount = onAccount('adminRestoreAccount', 'restore', restoreAccount)
export const adminRequireNewPassword = onAccount('adminRequireNewPassword', 'require-new-password', demandNewPassword)
export const adminVerifyAddress = onAccount('adminVerifyAddress', 'verify', verifyAddress)

const problems: ProblemCode[] = [...ofAct, 'email-not-set-up']

/** The link goes to the owner by email. No program sees it. */
export const adminSendResetLink = operation({
  id: 'adminSendResetLink',
  method: 'POST',
  path: '/admin/accounts/reset-link',
  who: 'key',
  admin: { scope: 'accounts:write' },
  body: z.object({ account, reason }),
  answers: { 202: null },
  problems,
  async answer(c, given) {
    const outcome = await act(c, makeResetLink, given, { shown: false })
    return outcome instanceof Response ? outcome : accepted(c)
  },
})
