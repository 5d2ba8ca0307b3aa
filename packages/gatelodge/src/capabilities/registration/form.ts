// What the browser sends: shape only.
import { z } from 'zod'

const text = z.string().default('')

export const RegistrationForm = z.object({
  name: text,
  email: text,
  password: text,
  return_to: text,
  /** The address that someone was asked about and sent again. Programs leave it out and are not asked. */
  kept_email: z.string().optional(),
  /** The address that we asked about, and that they meant: the button beside the question. */
  meant_email: text,
})

export type Registration = z.output<typeof RegistrationForm>

/** The same without a password: the button that the script offers. */
export const PasskeyRegistrationForm = RegistrationForm.omit({ password: true, meant_email: true })

/** `answer` is JSON that the script made of what the authenticator said. */
export const StartForm = z.object({
  password: text,
  new_password: z.string().optional(),
  answer: z.string().optional(),
})
