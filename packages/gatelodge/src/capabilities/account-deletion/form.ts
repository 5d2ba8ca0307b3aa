// What the browser sends: shape only.
import { z } from 'zod'

export const DeleteAccountForm = z.object({ current_password: z.string().default('') })
