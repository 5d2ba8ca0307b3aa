// What the browser sends: shape only.
import { z } from 'zod'

const text = z.string().default('')
// A checkbox says its value or nothing at all; a program says true or false.
const ticked = z
  .union([z.boolean(), z.string()])
  .default(false)
  .transform((value) => value !== false && value !== '')

/** The step of a log-in: one of the two codes. */
export const TwoFactorForm = z.object({
  code: z.string().optional(),
  recovery_code: z.string().optional(),
  answer: z.string().optional(),
  trust: ticked,
})

/** `setup`: what the page gave, sealed; `remove`: turns it off instead. */
export const SettingsForm = z.object({ setup: text, code: text, remove: ticked, return_to: text })

/** `codes`: those on the page, to get them as a file; `saved`: go on; neither: make new ones. */
export const RecoveryCodesForm = z.object({ codes: text, saved: ticked, return_to: text })
