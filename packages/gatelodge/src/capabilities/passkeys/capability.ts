import type { Capability } from '../capability.ts'
import { accountRow, offerRow } from './account-row.tsx'
import { askPasskeyAfterPassword } from './after-password.api.ts'
import { afterPassword } from './after-password.routes.tsx'
import { addPasskey, listPasskeys, passkeyOptions, removePasskey, renamePasskey } from './api.ts'
import { emails } from './emails.ts'
import { events } from './events.ts'
import { AddPasskeyForm, AfterPasswordForm, PasskeyLoginForm, RemovePasskeyForm, RenamePasskeyForm } from './form.ts'
import { limits } from './limits.ts'
import { logInWithPasskey, passkeyLoginOptions } from './login.api.ts'
import { passkeyLogin } from './login.routes.tsx'
import { passkeyOffer } from './offer.routes.ts'
import { passkeyPages } from './routes.tsx'
import { wellKnown } from './well-known.routes.ts'

export const passkeys: Capability = {
  name: 'passkeys',
  routes: [passkeyLogin, passkeyPages, afterPassword, passkeyOffer, wellKnown],
  forms: {
    ...{ 'passkey, log in': PasskeyLoginForm, 'passkey, add': AddPasskeyForm },
    ...{ 'passkey, rename': RenamePasskeyForm, 'passkey, remove': RemovePasskeyForm },
    'passkey, after the password': AfterPasswordForm,
  },
  operations: [
    ...[passkeyLoginOptions, logInWithPasskey],
    ...[listPasskeys, passkeyOptions, addPasskey, renamePasskey, removePasskey],
    askPasskeyAfterPassword,
  ],
  events,
  limits,
  emails,
  accountRows: [offerRow, accountRow],
  purge: ({ passkeys }) => passkeys.purge(),
}
