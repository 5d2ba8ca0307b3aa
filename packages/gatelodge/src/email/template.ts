// What an email of one kind is made of. The capability that owns the kind declares it in its `emails.ts`; the sentences stand
// below the name of the kind in `emails` of the catalogue.
import type { Messages } from '../text/messages.ts'

export type EmailKind = keyof Messages['emails']

export interface EmailTemplate {
  /** The page behind its link: an address of ours, to which the token is added. Sentences: `link`, `howLong`. */
  link?: string
  /** Whether it says when, on which device and from where the thing was done. */
  facts?: true
  /** Whether it also says what still logs in to the account, beside the password. */
  otherWays?: true
  /**
   * A second link, to a new password: a button after the last sentence (`reset`), or a link before it, for anyone who has
   * forgotten theirs (`forgotten`).
   */
  newPassword?: 'button' | 'link'
  /** It goes to an address that nobody has verified: the last lines say that the address was entered here. */
  toStranger?: true
}

export type EmailTemplates = { readonly [Kind in EmailKind]?: EmailTemplate }
