// The list of all that programs can ask for.

import { getSession } from '../capabilities/account/api.ts'
import { deleteAccount } from '../capabilities/account-deletion/api.ts'
import { exportData } from '../capabilities/data-export/api.ts'
import { endDevice, endOtherDevices, listDevices } from '../capabilities/devices/api.ts'
import { sendVerification, verifyEmail } from '../capabilities/email-verification/api.ts'
import { logIn } from '../capabilities/login/api.ts'
import { logOut } from '../capabilities/login/logout.api.ts'
import { cancelLogin, continueLogin } from '../capabilities/login/under-way.api.ts'
import { changePassword } from '../capabilities/password-change/api.ts'
import { askForLink, resetPassword } from '../capabilities/password-reset/api.ts'
import { changeName } from '../capabilities/profile/api.ts'
import { reauthenticate } from '../capabilities/reauthentication/api.ts'
import { register, startAccount } from '../capabilities/registration/api.ts'
import type { Operation } from './operation.ts'

export const operations: Operation[] = [
  getSession,
  ...[register, startAccount, logIn, continueLogin, cancelLogin, logOut],
  ...[reauthenticate, changePassword, askForLink, resetPassword],
  ...[sendVerification, verifyEmail],
  ...[listDevices, endDevice, endOtherDevices],
  ...[changeName, exportData, deleteAccount],
]
