// What the browser sends: shape only.
import { z } from 'zod'

const text = z.string().default('')

export const LoginForm = z.object({
  email: text,
  password: text,
  return_to: text,
  // A checkbox says its value or nothing at all; a program says true or false.
  remember: z
    .union([z.boolean(), z.string()])
    .default(false)
    .transform((value) => value !== false && value !== ''),
})

export type LoginFields = z.output<typeof LoginForm>
