// What the browser sends: shape only.
import { z } from 'zod'

export const UndoForm = z.object({ email: z.string().default('') })

export const ChangeEmailForm = z.object({
  new_email: z.string().default(''),
  /** The address that someone was asked about and sent again. */
  kept_email: z.string().default(''),
  /** The address that we asked about, and that they meant. */
  meant_email: z.string().default(''),
  /** `again`: the same email once more; `cancel`: everything stays as it is. */
  action: z.enum(['change', 'again', 'cancel']).default('change'),
})
