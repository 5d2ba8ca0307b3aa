// Letters of one person, and the way in by the link of one. Looks at few rows, because flows are sent by the hundred.
import { expect } from 'vitest'
import type { LetterContent } from '../../../src/mail/letters.ts'
import { linkOf } from '../../../src/mail/links.ts'
import type { LetterKind } from '../../../src/text/en/letters.ts'
import type { TestApp } from '../make-app.ts'
import type { Fields, Visitor } from '../visitor.ts'

/** More than other flows that run meanwhile can write of a kind. */
const newest = 20

/** The letters of that kind that somebody can read at this address, the oldest in front. */
export async function lettersOf({ services }: TestApp, { email }: Fields, kind: LetterKind): Promise<LetterContent[]> {
  const rows = await services.database.db
    .selectFrom('gatelodge_emails')
    .select('sealed')
    .where('kind', '=', kind)
    .orderBy('id', 'desc')
    .limit(newest)
    .execute()
  const opened = rows.reverse().flatMap(({ sealed }) => services.letters.open(sealed) ?? [])
  return opened.filter(({ to }) => to.address === email)
}

/** Opens the link in that letter. Every look at it changes nothing: it shows a page. @returns the page's path. */
export async function openLink(app: TestApp, browser: Visitor, person: Fields, kind: LetterKind): Promise<string> {
  const letter = (await lettersOf(app, person, kind)).at(-1)
  if (!letter) throw new Error(`no letter "${kind}" to ${person.email}`)
  const answer = await browser.send('GET', linkOf(kind, letter.link?.token, '') ?? '')
  expect(answer.status).toBe(303)
  return answer.headers.get('location') ?? ''
}

/** Whether the newest link of that kind still shows more than that it does not work. */
export async function opens(app: TestApp, person: Fields, kind: LetterKind): Promise<boolean> {
  const browser = app.visitor()
  const { status } = await browser.send('GET', await openLink(app, browser, person, kind))
  expect([200, 410]).toContain(status)
  return status === 200
}
