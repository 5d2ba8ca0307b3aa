// What the browser sends: shape only.
import { z } from 'zod'

const text = z.string().default('')

export const ChangePasswordForm = z.object({ current_password: text, new_password: text })

export type ChangePassword = z.output<typeof ChangePasswordForm>
