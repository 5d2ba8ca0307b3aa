// `Name <address>`, as people write whom an email comes from.
import { z } from 'zod'
import { isOneLine } from './values.ts'

export interface Mailbox {
  /** undefined: only an address was given. */
  name: string | undefined
  address: string
}

const allowed = 'an address such as hello@example.org, or a name with it: Acme Books <hello@example.org>'
const mostOfName = 100

export const emailAddress = z
  .email({ error: 'an email address such as help@example.org' })
  .meta({ form: 'An email address' })

/** Kept as it was written; parseMailbox() takes it apart. */
export const mailboxAddress = z
  .string({ error: allowed })
  .trim()
  .refine((text) => parseMailbox(text) !== undefined, { error: allowed })
  .meta({ form: 'An email address, or `Name <address>`' })

/** undefined: neither an address nor a name with one. */
export function parseMailbox(text: string): Mailbox | undefined {
  const [, quoted, plain, inBrackets] = /^(?:"([^"\\<>]*)"|([^"\\<>]*))\s*<([^<>]*)>$/.exec(text) ?? []
  const address = inBrackets ?? text
  const name = (quoted ?? plain ?? '').trim()
  if (!z.email().safeParse(address).success || name.length > mostOfName || !isOneLine(name)) return undefined
  return { name: name === '' ? undefined : name, address }
}
