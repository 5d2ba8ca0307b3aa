// The letters that were written, as whoever reads that mailbox finds them.
import type { LetterContent } from '../../src/mail/letters.ts'
import { messageOf } from '../../src/mail/message.ts'
import type { LetterKind } from '../../src/text/en/letters.ts'
import { linkPaths } from '../../src/web/paths.ts'
import type { TestApp } from './make-app.ts'

export interface ReadLetter extends LetterContent {
  kind: LetterKind
  subject: string
  text: string
}

/** What was written to an address, the oldest in front. Those that no letter leaves from are not among it. */
export async function lettersTo({ services }: TestApp, address: string): Promise<ReadLetter[]> {
  const { letters, database, settings } = services
  const all = await letters.latest(database.db, 10_000)
  return all.reverse().flatMap((letter) => {
    const content = letters.open(letter.sealed)
    if (content?.to.address !== address) return []
    const { subject, text } = messageOf(letter, content, settings)
    return [{ ...content, kind: letter.kind, subject, text }]
  })
}

/** The newest letter of a kind to an address. @throws where there is none. */
export async function letterTo(app: TestApp, address: string, kind: LetterKind): Promise<ReadLetter> {
  const found = (await lettersTo(app, address)).findLast((letter) => letter.kind === kind)
  if (!found) throw new Error(`no letter "${kind}" was written to ${address}`)
  return found
}

const paths: Partial<Record<LetterKind, (token: string) => string>> = {
  'verify-email': linkPaths.verifyEmail,
  'start-account': linkPaths.startAccount,
  'reset-password': linkPaths.resetPassword,
  'confirm-email': linkPaths.confirmEmail,
  'email-changed': linkPaths.undoEmailChange,
  'account-closed': linkPaths.restoreAccount,
}

/** The path of the link in the newest letter of a kind: `/verify-email/…`. */
export async function linkTo(app: TestApp, address: string, kind: LetterKind): Promise<string> {
  const { link } = await letterTo(app, address, kind)
  const path = paths[kind]?.(link?.token ?? '')
  if (!path || !link) throw new Error(`the letter "${kind}" has no link`)
  return path
}
