// What the browser sends: shape only.
import { z } from 'zod'

const text = z.string().default('')

export const ForgotForm = z.object({ email: text, return_to: text })
export const ResetForm = z.object({ new_password: text })
