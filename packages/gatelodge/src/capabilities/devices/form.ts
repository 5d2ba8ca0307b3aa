// What the browser sends: shape only.
import { z } from 'zod'

const text = z.string().default('')

/** `session`: the id of one from the list; `others`: all but this one; `trusted`: the id of a device that is trusted no more. */
export const DevicesForm = z.object({ session: text, others: text, trusted: text })
