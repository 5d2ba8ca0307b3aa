// What the browser sends: shape only.
import { z } from 'zod'

const text = z.string().default('')

export const InvitationForm = z.object({
  name: text,
  /** Not looked at where the invitation is for one address. */
  email: text,
  password: text,
})

/** In the console. */
export const NewInvitationForm = z.object({ invited_email: text, groups: text, uses: text, days: text })

export const RevocationForm = z.object({ invitation: text })
