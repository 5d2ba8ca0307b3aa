// The list of all that programs can ask for.
import { deleteAccount } from './delete.ts'
import { endDevice, endOtherDevices, endTrustedDevice, listDevices } from './devices.ts'
import { exportData } from './export.ts'
import { logIn } from './login.ts'
import { cancelLogin, continueLogin } from './login-under-way.ts'
import { logOut } from './logout.ts'
import type { Operation } from './operation.ts'
import { changePassword, reauthenticate, reauthenticateByCode } from './password.ts'
import { askForLink, resetPassword } from './password-reset.ts'
import { changeName } from './profile.ts'
import { register, startAccount } from './register.ts'
import { getSession } from './session.ts'
import {
  answerSecondFactor,
  confirmTwoFactor,
  getSecondFactors,
  removeTwoFactor,
  renewRecoveryCodes,
  startTwoFactor,
} from './two-factor.ts'
import { sendVerification, verifyEmail } from './verification.ts'

export const operations: Operation[] = [
  getSession,
  ...[register, startAccount, logIn, continueLogin, cancelLogin, logOut],
  ...[reauthenticate, changePassword, askForLink, resetPassword],
  ...[sendVerification, verifyEmail],
  ...[answerSecondFactor, getSecondFactors, startTwoFactor, confirmTwoFactor, removeTwoFactor, renewRecoveryCodes],
  reauthenticateByCode,
  ...[listDevices, endDevice, endOtherDevices, endTrustedDevice],
  ...[changeName, exportData, deleteAccount],
]
