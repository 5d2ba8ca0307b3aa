// What the browser sends: shape only.
import { z } from 'zod'

/** The password is asked in a browser that the account does not know. */
export const ConfirmForm = z.object({ password: z.string().default('') })
