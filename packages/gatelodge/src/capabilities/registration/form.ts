// What the browser sends: shape only.
import { z } from 'zod'

const text = z.string().default('')

export const RegistrationForm = z.object({ name: text, email: text, password: text, return_to: text })

export type Registration = z.output<typeof RegistrationForm>
