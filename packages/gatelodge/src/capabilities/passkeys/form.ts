// What the browser sends: shape only. `answer` is JSON that the script made of what the authenticator said.
import { z } from 'zod'

const text = z.string().default('')
// A checkbox says its value or nothing at all.
const ticked = z
  .union([z.boolean(), z.string()])
  .default(false)
  .transform((value) => value !== false && value !== '')

export const PasskeyLoginForm = z.object({ answer: text, remember: ticked, return_to: text })

export const AddPasskeyForm = z.object({ answer: text })

export const RenamePasskeyForm = z.object({ passkey: text, passkey_name: text })

/** `on` or `off`. */
export const AfterPasswordForm = z.object({ after_password: text })

export const RemovePasskeyForm = z.object({ passkey: text })
