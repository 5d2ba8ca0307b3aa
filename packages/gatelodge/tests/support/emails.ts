// The emails that were written, as anyone who reads that mailbox finds them.

import { linkOf } from '../../src/email/links.ts'
import { messageOf } from '../../src/email/message.ts'
import type { EmailContent } from '../../src/email/queue.ts'
import type { EmailKind } from '../../src/email/template.ts'
import type { TestApp } from './make-app.ts'

export interface ReadEmail extends EmailContent {
  kind: EmailKind
  subject: string
  text: string
}

/** What was written to an address, the oldest in front. Rows from which no email is sent are not among it. */
export async function emailsTo({ services }: TestApp, address: string): Promise<ReadEmail[]> {
  const { emails, database, settings, text: texts, emailTemplates: templates } = services
  const all = await emails.latest(database.db, 10_000)
  return all.reverse().flatMap((message) => {
    const content = emails.open(message.sealed)
    if (content?.to.address !== address) return []
    const { subject, text } = messageOf(message, content, { settings, text: texts, templates })
    return [{ ...content, kind: message.kind, subject, text }]
  })
}

/** The newest email of a kind to an address. @throws where there is none. */
export async function emailTo(app: TestApp, address: string, kind: EmailKind): Promise<ReadEmail> {
  const found = (await emailsTo(app, address)).findLast((message) => message.kind === kind)
  if (!found) throw new Error(`no email "${kind}" was written to ${address}`)
  return found
}

/** The path of the link in the newest email of a kind: `/verify-email/…`. */
export async function linkTo(app: TestApp, address: string, kind: EmailKind): Promise<string> {
  const { link } = await emailTo(app, address, kind)
  const path = linkOf(app.services.emailTemplates[kind] ?? {}, link?.token, '')
  if (!path || !link) throw new Error(`the email "${kind}" has no link`)
  return path
}
