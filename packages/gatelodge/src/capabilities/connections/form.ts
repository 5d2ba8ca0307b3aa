// What the browser sends: shape only.
import { z } from 'zod'

const text = z.string().default('')

/** With the site's own fields beside it. */
export const NewcomerForm = z.object({ name: text })

/** The id of one from the list. */
export const RemoveConnectionForm = z.object({ connection: text })
