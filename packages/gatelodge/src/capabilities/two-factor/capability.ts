import type { Capability } from '../capability.ts'
import { accountRow } from './account-row.tsx'
import {
  answerSecondFactor,
  confirmTwoFactor,
  getSecondFactors,
  removeTwoFactor,
  renewRecoveryCodes,
  startTwoFactor,
} from './api.ts'
import { emails } from './emails.ts'
import { events } from './events.ts'
import { RecoveryCodesForm, SettingsForm, TwoFactorForm } from './form.ts'
import { twoFactor as pages } from './routes.tsx'
import { twoFactorSteps } from './step.routes.tsx'
import { enrolment, secondFactor } from './step.ts'

export const twoFactor: Capability = {
  name: 'two-factor',
  routes: [twoFactorSteps, pages],
  forms: { 'two-factor': TwoFactorForm, 'two-factor, set up': SettingsForm, 'recovery codes': RecoveryCodesForm },
  operations: [
    answerSecondFactor,
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
