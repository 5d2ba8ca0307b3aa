// What the browser sends: shape only.
import { z } from 'zod'

/** `session`: the id of one from the list; `others`: all but this one. */
export const DevicesForm = z.object({ session: z.string().default(''), others: z.string().default('') })
