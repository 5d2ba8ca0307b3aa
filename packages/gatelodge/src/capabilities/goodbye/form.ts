// What the browser sends: shape only.
import { z } from 'zod'

export const GoodbyeForm = z.object({ current_password: z.string().default('') })
