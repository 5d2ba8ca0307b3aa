// Written by scripts/client.ts from the OpenAPI document: change an operation in a capability, then run it.

/** What any operation may be refused with. */
export type AnyCode = 'two-credentials' | 'not-embedded' | 'failed' | 'unavailable'

export interface Operations {
  /** Who is logged in. The account and the session that the request came with. */
  getSession: {
    input: undefined
    output: {
      account: {
        /** It never changes: what to keep in tables of your own. */
        id: string
        name: string
        email: string
        email_verified: boolean
        /** UTC. */
        registered_at: string
        /** The registration fields of the site’s own, by name. */
        fields: Record<string, unknown>
      }
      session: {
        kind: 'cookie' | 'bearer'
        /** UTC. */
        started_at: string
        /** When the password was last typed in it. */
        reauthenticated_at: string | null
        remembered: boolean
        /** How its owner proved who they are, by the names of RFC 8176, each with its moment. */
        methods: Record<string, unknown>
        /** The moment of the last of these proofs. */
        authenticated_at: string
      }
    }
    code: AnyCode | 'login-required'
  }
  /** Register. Makes an account and logs in, or says what is to be done first. */
  register: {
    input: {
      name: string
      email: string
      password: string
      /** `cookie` for a browser on a page of this site; `bearer` for an app, which gets a token in the answer. */
      session?: 'cookie' | 'bearer'
      /** The registration fields of the site’s own. */
      [field: string]: unknown
    }
    output: {
      /** The account’s id. */
      account: string
      /** For `bearer` only, and only this once. It replaces the token before. */
      token?: string
    } | {
      /** `verify-email`: there is an account, and its address must be confirmed. `read-email`: the email decides, and says nothing here. `step`: there is an account, and `code` says what must be passed first. */
      next: 'verify-email' | 'read-email' | 'step'
      /** The code of the step that is due, as of a log-in. */
      code?: string
      /** For `bearer`, where a step is due: what the log-in goes on with. Only this once. */
      login_token?: string
    }
    code: AnyCode | 'unreadable' | 'registration-closed' | 'cross-site-request' | 'logged-in' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Start the account. Takes the link of the email, where registration is by email. */
  startAccount: {
    input: {
      /** The last part of the link in the email. */
      token: string
      /** Asked where nobody registered in this browser. */
      password?: string
      /** `cookie` for a browser on a page of this site; `bearer` for an app, which gets a token in the answer. */
      session?: 'cookie' | 'bearer'
    }
    output: {
      /** The account’s id. */
      account: string
      /** For `bearer` only, and only this once. It replaces the token before. */
      token?: string
    }
    code: AnyCode | 'unreadable' | 'unverified' | 'cross-site-request' | 'invalid-link' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Log in. One answer for an unknown address, a wrong password and a disabled account. */
  logIn: {
    input: {
      email: string
      password: string
      /** Keeps logged in for longer. */
      remember?: boolean
      /** `cookie` for a browser on a page of this site; `bearer` for an app, which gets a token in the answer. */
      session?: 'cookie' | 'bearer'
    }
    output: {
      /** The account’s id. */
      account: string
      /** For `bearer` only, and only this once. It replaces the token before. */
      token?: string
    }
    code: AnyCode | 'unreadable' | 'credentials' | 'unverified' | 'cross-site-request' | 'logged-in' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Continue a log-in. For a log-in that must pass a step first, once it is passed. Its login_token works once, within an hour at most. */
  continueLogin: {
    input: {
      /** The `login_token` of a log-in under way. A browser sends its cookie instead. */
      login_token?: string
    }
    output: {
      /** The account’s id. */
      account: string
      /** For `bearer` only, and only this once. It replaces the token before. */
      token?: string
    }
    code: AnyCode | 'unreadable' | 'login-over' | 'unverified' | 'cross-site-request' | 'logged-in' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Cancel a log-in. Its login_token is worthless at once. */
  cancelLogin: {
    input: {
      /** The `login_token` of a log-in under way. A browser sends its cookie instead. */
      login_token?: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'cross-site-request' | 'too-large' | 'unknown-type' | 'fields' | 'busy'
  }
  /** Log out. The token is dead at once. Without a session nothing happens. */
  logOut: {
    input: undefined
    output: undefined
    code: AnyCode | 'unreadable' | 'cross-site-request' | 'too-large' | 'unknown-type' | 'busy'
  }
  /** Confirm the password. Needed before devices are ended, where it was not typed within ten minutes. The session goes on under a new token. */
  reauthenticate: {
    input: {
      current_password: string
    }
    output: {
      /** The account’s id. */
      account: string
      /** For `bearer` only, and only this once. It replaces the token before. */
      token?: string
    }
    code: AnyCode | 'unreadable' | 'login-required' | 'cross-site-request' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Change the password. All other sessions end. This one goes on under a new token. */
  changePassword: {
    input: {
      current_password: string
      new_password: string
    }
    output: {
      /** The account’s id. */
      account: string
      /** For `bearer` only, and only this once. It replaces the token before. */
      token?: string
    }
    code: AnyCode | 'unreadable' | 'login-required' | 'cross-site-request' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Ask for a link to set a new password. One answer, whether or not anyone has the address. */
  requestPasswordReset: {
    input: {
      email: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'email-not-set-up' | 'cross-site-request' | 'too-large' | 'unknown-type' | 'fields' | 'busy'
  }
  /** Set a new password by link. All sessions end. It logs nobody in. */
  resetPassword: {
    input: {
      /** The last part of the link in the email. */
      token: string
      new_password: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'cross-site-request' | 'invalid-link' | 'too-large' | 'unknown-type' | 'fields' | 'busy'
  }
  /** Send the email that confirms the address again. The link in the one before is worth nothing. */
  sendVerification: {
    input: {
      /** The `login_token` of a log-in under way. A browser sends its cookie instead. */
      login_token?: string
    }
    output: {
      /** False where there is nothing left to confirm. */
      sent: boolean
    }
    code: AnyCode | 'unreadable' | 'login-required' | 'email-not-set-up' | 'cross-site-request' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Confirm the address by link. Where the account was not used before, the password is asked as well, and logs in. */
  verifyEmail: {
    input: {
      /** The last part of the link in the email. */
      token: string
      /** Asked where the account was not used before. */
      password?: string
      /** `cookie` for a browser on a page of this site; `bearer` for an app, which gets a token in the answer. */
      session?: 'cookie' | 'bearer'
      /** The `login_token` of a log-in under way. A browser sends its cookie instead. */
      login_token?: string
    }
    output: {
      /** The password was sent as well, and a session has started. */
      logged_in: boolean
      /** For `bearer` only, told this once. */
      token?: string
    }
    code: AnyCode | 'unreadable' | 'unverified' | 'cross-site-request' | 'invalid-link' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** List the devices. Where the account is logged in: browsers and apps. This one is the first. */
  listDevices: {
    input: undefined
    output: {
      devices: Array<{
        /** Names it for `endDevice`, and opens nothing. */
        id: string
        /** In words, as it says of itself. */
        device: string
        client_address: string
        /** UTC. */
        since: string
        /** UTC. */
        last_used: string
        /** The one that asks. */
        is_here: boolean
      }>
    }
    code: AnyCode | 'login-required'
  }
  /** Log out a device. Needs a password that was typed within ten minutes. */
  endDevice: {
    input: {
      id: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'login-required' | 'reauthentication-required' | 'cross-site-request' | 'not-found' | 'too-large' | 'unknown-type' | 'fields' | 'busy'
  }
  /** Log out all other devices. Needs a password that was typed within ten minutes. */
  endOtherDevices: {
    input: undefined
    output: undefined
    code: AnyCode | 'unreadable' | 'login-required' | 'reauthentication-required' | 'cross-site-request' | 'too-large' | 'unknown-type' | 'busy'
  }
  /** Change the name. An email tells of it. */
  changeName: {
    input: {
      name: string
    }
    output: {
      /** As it is kept: spaces around it are off. */
      name: string
    }
    code: AnyCode | 'unreadable' | 'login-required' | 'cross-site-request' | 'too-large' | 'unknown-type' | 'fields' | 'busy'
  }
  /** Export all that is stored. The document that people can download, as a stream. */
  exportData: {
    input: undefined
    output: {
      /** UTC. */
      exported_at: string
      account: Record<string, unknown>
      devices: Array<Record<string, unknown>>
      logins_under_way: Array<Record<string, unknown>>
      emails: Array<Record<string, unknown>>
      links: Array<Record<string, unknown>>
      activity: Array<Record<string, unknown>>
    }
    code: AnyCode | 'login-required'
  }
  /** Delete the account. It is closed at once. An email holds the way back, for as long as there is one. */
  deleteAccount: {
    input: {
      current_password: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'login-required' | 'cross-site-request' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
}

export const routes: Record<keyof Operations, string> = {
  getSession: 'GET /session',
  register: 'POST /register',
  startAccount: 'POST /register/start',
  logIn: 'POST /login',
  continueLogin: 'POST /login/continue',
  cancelLogin: 'POST /login/cancel',
  logOut: 'POST /logout',
  reauthenticate: 'POST /password/confirm',
  changePassword: 'POST /password',
  requestPasswordReset: 'POST /forgot-password',
  resetPassword: 'POST /reset-password',
  sendVerification: 'POST /verification',
  verifyEmail: 'POST /verification/confirm',
  listDevices: 'GET /devices',
  endDevice: 'POST /devices/end',
  endOtherDevices: 'POST /devices/end-others',
  changeName: 'POST /profile',
  exportData: 'GET /export',
  deleteAccount: 'POST /delete',
}
