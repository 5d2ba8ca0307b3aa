// What the browser sends: shape only.
import { z } from 'zod'

export const ProfileForm = z.object({ name: z.string().default('') })
