// What the browser sends: shape only.
import { z } from 'zod'

export const NewPasswordForm = z.object({ new_password: z.string().default('') })
