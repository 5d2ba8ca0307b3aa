// What the browser sends of an act on several accounts. Which accounts, and which act, stands in the address of the form.
import { z } from 'zod'

const text = z.string().default('')

export const BulkForm = z.object({ reason: text, group: text, order: text })
