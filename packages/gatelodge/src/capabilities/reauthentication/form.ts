// What the browser sends: shape only.
import { z } from 'zod'

const text = z.string().default('')

/** The password; or, where there is a second factor, one of its two codes. */
export const ReauthenticationForm = z.object({
  current_password: text,
  code: z.string().optional(),
  recovery_code: z.string().optional(),
  answer: z.string().optional(),
  return_to: text,
})
