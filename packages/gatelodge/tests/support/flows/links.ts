// Emails of one person, and the way in by the link of one. Looks at few rows, because flows are sent by the hundred.
import { expect } from 'vitest'
import { linkOf } from '../../../src/email/links.ts'
import type { EmailContent } from '../../../src/email/queue.ts'
import type { EmailKind } from '../../../src/email/template.ts'
import type { TestApp } from '../make-app.ts'
import type { Fields, Visitor } from '../visitor.ts'

/** More than other flows that run meanwhile can write of a kind. */
const newest = 20

/** The emails of that kind that someone can read at this address, the oldest in front. */
export async function emailsOf({ services }: TestApp, { email }: Fields, kind: EmailKind): Promise<EmailContent[]> {
  const rows = await services.database.db
    .selectFrom('gatelodge_emails')
    .select('sealed')
    .where('kind', '=', kind)
    .orderBy('id', 'desc')
    .limit(newest)
    .execute()
  const opened = rows.reverse().flatMap(({ sealed }) => services.emails.open(sealed) ?? [])
  return opened.filter(({ to }) => to.address === email)
}

/** Opens the link in that email. Every look at it changes nothing: it shows a page. @returns the page's path. */
export async function openLink(app: TestApp, browser: Visitor, person: Fields, kind: EmailKind): Promise<string> {
  const message = (await emailsOf(app, person, kind)).at(-1)
  if (!message) throw new Error(`no email "${kind}" to ${person.email}`)
  const answer = await browser.send(
    'GET',
    linkOf(app.services.emailTemplates[kind] ?? {}, message.link?.token, '') ?? '',
  )
  expect(answer.status).toBe(303)
  return answer.headers.get('location') ?? ''
}

/** Whether the newest link of that kind still shows more than that it does not work. */
export async function opens(app: TestApp, person: Fields, kind: EmailKind): Promise<boolean> {
  const browser = app.visitor()
  const { status } = await browser.send('GET', await openLink(app, browser, person, kind))
  expect([200, 410]).toContain(status)
  return status === 200
}
