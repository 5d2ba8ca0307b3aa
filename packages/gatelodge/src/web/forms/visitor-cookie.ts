// What the visitor cookie carries from one page to the next.
import type { Messages } from '../../text/messages.ts'
import type { Problem } from '../../text/problem-text.ts'

/** A message about what has just happened. The words for each stand in text/. */
export interface Notice {
  code: keyof Messages['notices']
  /** For words with an address in them. */
  email?: string
  /** For words with the name of another provider in them. */
  provider?: string
  /** The id of a credential that no account has: the device may forget it. */
  credential?: string
  /** Of the console: which act was done, or why it was not. */
  act?: string
  why?: string
  /** What was sent has not reached the app, or was not stored by us: the page says so. */
  lost?: 'not-arrived' | 'not-saved' | 'kept'
}

export interface Flash {
  notice?: Notice
  /** Input that was not right: for the form at this path, with what was typed (never a password). */
  form?: { path: string; values: Record<string, string>; problems: Problem[] }
}

export interface Prefill {
  email?: string
  /** Of someone who registers. */
  name?: string
  /** "Keep me logged in" */
  remember?: boolean
}

/** An email that was asked for, whether or not it was sent: for the page at this path, which says when the next may be. */
export interface AskedEmail {
  path: string
  email: string
  /** A moment, in milliseconds. */
  againAt: number
  /** The id of the account that would come of it, where there is none yet. */
  newcomer?: string
  /** It was asked for behind an invitation. */
  isInvited?: true
}

export interface VisitorState {
  /** When it was written, in milliseconds. */
  since: number
  flash?: Flash
  /** The token of the link that someone came by, for the page at this path. */
  link?: { path: string; token: string }
  /** New recovery codes of that account, on their way to the one page that shows them. */
  codes?: { account: string; codes: string[] }
  /** Where someone was going who must first confirm an address or set a new password. */
  returnTo?: string
  /** What was typed on the way in, for every page that asks for it again. It goes when someone logs in or out. */
  prefill?: Prefill
  asked?: AskedEmail
  /** What was typed into the form at this path when the session of that account had ended. Only its owner sees it again. */
  unsaved?: { account: string; path: string; values: Record<string, string> }
  /** What was typed into the form at this path, kept while the password is asked. */
  typed?: { path: string; values: Record<string, string> }
}
