import type { Capability } from '../capability.ts'
import { accountRow } from './account-row.tsx'
import { getSecondFactors, removeTwoFactor, renewRecoveryCodes } from './api.ts'
import { emails } from './emails.ts'
import { confirmTwoFactor, startTwoFactor } from './enrol.api.ts'
import { events } from './events.ts'
import { RecoveryCodesForm, SettingsForm, TwoFactorForm } from './form.ts'
import { recoveryCodes } from './recovery-codes.routes.tsx'
import { twoFactor as pages } from './routes.tsx'
import { answerSecondFactor, secondFactorPasskeyOptions } from './step.api.ts'
import { twoFactorSteps } from './step.routes.tsx'
import { enrolment, secondFactor } from './step.ts'

export const twoFactor: Capability = {
  name: 'two-factor',
  routes: [twoFactorSteps, pages, recoveryCodes],
  forms: { 'two-factor': TwoFactorForm, 'two-factor, set up': SettingsForm, 'recovery codes': RecoveryCodesForm },
  operations: [
    answerSecondFactor,
    secondFactorPasskeyOptions,
    getSecondFactors,
    startTwoFactor,
    confirmTwoFactor,
    removeTwoFactor,
    renewRecoveryCodes,
  ],
  events,
  emails,
  accountRows: [accountRow],
  steps: [secondFactor, enrolment],
}
