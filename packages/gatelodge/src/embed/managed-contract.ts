// What an app may do to accounts in code. An editor shows these comments.

import type { CustomValues } from '../identity/accounts/custom-fields.ts'
import type { AccountOrder } from '../identity/accounts/list-cursor.ts'
import type { AccountState } from '../identity/accounts/list-wanted.ts'
import type { PublicAccount } from '../identity/accounts/public-account.ts'
import type { InvitationState } from '../identity/invitations/state.ts'

/** For the record. */
export interface Because {
  /** Why, in your own words; 500 characters are kept. The user does not read it. */
  reason?: string | undefined
}

/** For the record, of what touches the safety of an account. Without it, `reason-needed` is thrown. */
export interface BecauseOf extends Because {
  /** Why, in your own words; 500 characters are kept. */
  reason: string
}

/** An account as those see it who run the site. */
export interface ManagedAccount extends PublicAccount {
  /** Whether it may be entered. */
  state: AccountState
  /** Since when it is disabled. */
  disabledAt: Date | null
  /** When its data will be removed: it is deleted. */
  deletesAt: Date | null
  /** Whether a login asks for more than the password. */
  hasSecondFactor: boolean
}

/** An account to be made. */
export interface AccountToCreate {
  /** Nobody else may have it. */
  email: string
  /** 1 to 100 characters. */
  name: string
  /** Judged like everyone's. Without it and `passwordHash` the owner sets one with a link. */
  password?: string | undefined
  /** As another system has stored it, instead of `password`. */
  passwordHash?: string | undefined
  /** Whether it is known that the address belongs to the user. Default: `false`. */
  emailVerified?: boolean | undefined
  /** Registration fields of the site's own, by name. Only those that are given are judged. */
  fields?: CustomValues | undefined
  /** Groups to be in; each must exist. */
  groups?: string[] | undefined
  /** When it was made elsewhere. Default: now. */
  createdAt?: Date | undefined
}

/** Which accounts, and how many of them. */
export interface AccountsQuery {
  /** An id or address, or the beginning of an address or name. */
  query?: string | undefined
  /** Only members of that group. */
  group?: string | undefined
  /** Only accounts in that state. */
  state?: AccountState | undefined
  /** Of a list without `query`. Default: `registered`, the newest in front. */
  order?: AccountOrder | undefined
  /** At most so many, 1 to 1,000. Default: 50. */
  limit?: number | undefined
  /** `next` of the page before, with the same filters. */
  cursor?: string | undefined
}

/** What of an account changes. What is not named stays. Another `email` needs a `reason`. */
export interface AccountChanges extends Because {
  /** 1 to 100 characters. */
  name?: string | undefined
  /** All devices are logged out, and the old address gets an email. */
  email?: string | undefined
  /** The address is known to belong to the user. */
  emailVerified?: true | undefined
  /** Registration fields of the site's own, by name. Those that are not named stay; an empty text takes one away. */
  fields?: CustomValues | undefined
}

/** Each function throws `GatelodgeRefusal` where it is refused; its `code` says why. */
export interface AccountsInCode {
  /** By the rules of registration. No email is sent. `onRegistered` is called. */
  create(account: AccountToCreate): Promise<ManagedAccount>
  /** @returns null where there is none. */
  get(id: string): Promise<ManagedAccount | null>
  /** @returns null where no account has that address. */
  findByEmail(email: string): Promise<ManagedAccount | null>
  /** A page of accounts. Nothing is counted. @returns `next` for the next page; null: this was the last. */
  list(query?: AccountsQuery): Promise<{ accounts: ManagedAccount[]; next: string | null }>
  /**
   * The address first: where that is refused, the name stays as it was. That of an administrator is refused with
   * `of-administrator`: take the account out of the group first.
   */
  update(id: string, changes: AccountChanges): Promise<ManagedAccount>
  /**
   * The next login with the password asks for a new one; all devices are logged out, and the user gets an email. Refused with
   * `no-password` where the account has none.
   */
  requireNewPassword(id: string, because: BecauseOf): Promise<void>
  /** Nobody can log in to it; all devices are logged out, and the user gets an email. */
  disable(id: string, because: BecauseOf): Promise<void>
  /** The user can log in again. Also restores a deleted account that is still there. */
  enable(id: string, because: BecauseOf): Promise<void>
  /** Closed at once; its data is removed after `deletionDelay`. */
  delete(id: string, because: BecauseOf): Promise<void>
  /** Brings back a deleted account that is still there. */
  restore(id: string, because: BecauseOf): Promise<void>
}

/** A device on which an account is logged in. */
export interface ManagedSession {
  /** Names it. It is no secret. */
  id: string
  /** Browser and system in words, such as `Firefox on Windows`. */
  device: string
  /** Where the login came from. */
  clientAddress: string
  /** When it began. */
  startedAt: Date
  /** To the minute or so. */
  lastUsedAt: Date
}

/** Each function throws `GatelodgeRefusal` where it is refused. */
export interface SessionsInCode {
  /** Those of an account that are not over, used last in front. */
  list(accountId: string): Promise<ManagedSession[]>
  /** Logs out one device. */
  revoke(accountId: string, sessionId: string, because: BecauseOf): Promise<void>
  /** Logs out all devices; the user gets an email. */
  revokeAll(accountId: string, because: BecauseOf): Promise<void>
}

/** A group of accounts. */
export interface ManagedGroup {
  /** 1 to 64 of the characters a to z, 0 to 9, `.`, `_` and `-`. */
  name: string
  /** What it is for. */
  description: string
}

/** Each function throws `GatelodgeRefusal` where it is refused. */
export interface GroupsInCode {
  /** All of them, by name. */
  list(): Promise<ManagedGroup[]>
  /** `administrators` exists from the start. */
  create(name: string, more?: Because & { description?: string | undefined }): Promise<void>
  /** Another description. The name never changes. */
  describe(name: string, description: string, because?: Because): Promise<void>
  /** Its members stay. */
  delete(name: string, because?: Because): Promise<void>
  /** Into `administrators`: it makes an administrator, and logs out all devices. */
  add(accountId: string, name: string, because?: Because): Promise<void>
  /** Out of `administrators`: refused for the last one, and needs a reason. */
  remove(accountId: string, name: string, because?: Because): Promise<void>
}

/** An invitation to have an account. */
export interface ManagedInvitation {
  /** Names it. It is no secret. */
  id: string
  /** For whom it is. Null: for anyone who has the link, or it was used. */
  email: string | null
  /** The groups that it leads to. */
  groups: string[]
  /** How many people may use it. */
  uses: number
  /** How many have. */
  used: number
  /** Whether its link still works. */
  state: InvitationState
  /** When it was made. */
  createdAt: Date
  /** From then on its link no longer works. */
  expiresAt: Date
}

/** An invitation to be made. */
export interface InvitationToCreate extends Because {
  /** One person, who gets an email. Without it: anyone who gets the link. */
  email?: string | undefined
  /** Groups that the accounts will be in; each must exist, and none is `administrators`. */
  groups?: string[] | undefined
  /** How many people may use the link, up to 10,000; by email only one. Default: 1. */
  uses?: number | undefined
  /** Milliseconds from now, 5 minutes to 365 days. Default: the setting `invitationLife`. */
  life?: number | undefined
}

/** How many invitations. */
export interface InvitationsQuery {
  /** At most so many, 1 to 1,000. Default: 50. */
  limit?: number | undefined
  /** `next` of the page before. */
  cursor?: string | undefined
}

/** Each function throws `GatelodgeRefusal` where it is refused. */
export interface InvitationsInCode {
  /** @returns also `link`, only this once; null: it was sent by email and nowhere else. */
  create(invitation?: InvitationToCreate): Promise<ManagedInvitation & { link: string | null }>
  /** The newest in front. @returns `next` for the next page; null: this was the last. */
  list(query?: InvitationsQuery): Promise<{ invitations: ManagedInvitation[]; next: string | null }>
  /** Its link no longer works. Accounts that it made stay. */
  revoke(id: string, because?: Because): Promise<void>
}

/** What is done to accounts in code, by the rules of the commands, and recorded with `code` as its author. */
export interface Management {
  /** Find, create and change accounts. */
  accounts: AccountsInCode
  /** Where accounts are logged in. */
  sessions: SessionsInCode
  /** Groups and who is in them. */
  groups: GroupsInCode
  /** Who may have an account. */
  invitations: InvitationsInCode
}
