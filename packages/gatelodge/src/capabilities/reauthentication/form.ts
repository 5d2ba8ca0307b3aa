// What the browser sends: shape only.
import { z } from 'zod'

const text = z.string().default('')

export const ReauthenticationForm = z.object({ current_password: text, return_to: text })
