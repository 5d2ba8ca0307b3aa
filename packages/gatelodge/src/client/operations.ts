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
    code: AnyCode | 'unreadable' | 'unverified' | 'second-factor-required' | 'second-factor-enrolment-required' | 'cross-site-request' | 'invalid-link' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
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
    code: AnyCode | 'unreadable' | 'credentials' | 'unverified' | 'second-factor-required' | 'second-factor-enrolment-required' | 'cross-site-request' | 'logged-in' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
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
    code: AnyCode | 'unreadable' | 'login-over' | 'unverified' | 'second-factor-required' | 'second-factor-enrolment-required' | 'cross-site-request' | 'logged-in' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
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
    code: AnyCode | 'unreadable' | 'login-required' | 'second-factor-required' | 'cross-site-request' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Confirm by a second factor. Where the account has one, this is asked before what guards the account. The session goes on under a new token. */
  reauthenticateByCode: {
    input: {
      /** Six digits of the app. */
      code?: string
      /** Instead of `code`: a recovery code. */
      recovery_code?: string
    }
    output: {
      /** The account’s id. */
      account: string
      /** For `bearer` only, and only this once. It replaces the token before. */
      token?: string
    }
    code: AnyCode | 'unreadable' | 'login-required' | 'cross-site-request' | 'second-factor-missing' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
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
    code: AnyCode | 'unreadable' | 'login-required' | 'reauthentication-required' | 'cross-site-request' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
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
    code: AnyCode | 'unreadable' | 'unverified' | 'second-factor-required' | 'second-factor-enrolment-required' | 'cross-site-request' | 'invalid-link' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Answer with a second factor. For a log-in that needs one: a code of the app, or a recovery code. Five wrong ones end the log-in. */
  answerSecondFactor: {
    input: {
      /** The `login_token` of a log-in under way. A browser sends its cookie instead. */
      login_token?: string
      /** Six digits of the app. */
      code?: string
      /** Instead of `code`: a recovery code. */
      recovery_code?: string
      /** For `cookie` only: no code is asked in this browser for 30 days. */
      trust?: boolean
    }
    output: {
      /** The account’s id. */
      account: string
      /** For `bearer` only, and only this once. It replaces the token before. */
      token?: string
    }
    code: AnyCode | 'unreadable' | 'login-over' | 'unverified' | 'second-factor-enrolment-required' | 'cross-site-request' | 'not-found' | 'logged-in' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** See the second factors. Whether there is an app, and how many recovery codes are left. */
  getSecondFactors: {
    input: undefined
    output: {
      /** Null: there is none. */
      app: {
        /** UTC. */
        added_at: string
        last_used_at: string | null
      } | null
      recovery_codes_left: number
      /** Of each set. */
      recovery_codes_made: number
    }
    code: AnyCode | 'login-required'
  }
  /** Begin to set up an app. A new key, as text and as an otpauth link. Nothing is stored before a right code confirms it. With a login_token where the log-in demands it. */
  startTwoFactor: {
    input: {
      /** The `login_token` of a log-in under way. A browser sends its cookie instead. */
      login_token?: string
    }
    output: {
      /** Base32, for people to type. */
      key: string
      /** `otpauth:`, for a QR code or a link. */
      uri: string
      /** To be sent back with the code. */
      setup: string
    }
    code: AnyCode | 'unreadable' | 'login-over' | 'reauthentication-required' | 'unverified' | 'second-factor-required' | 'second-factor-off' | 'cross-site-request' | 'not-found' | 'second-factor-exists' | 'too-large' | 'unknown-type' | 'fields' | 'busy'
  }
  /** Set up an app. Takes the first code. All other sessions end; this one goes on under a new token. The answer has the recovery codes, only this once. */
  confirmTwoFactor: {
    input: {
      /** The `login_token` of a log-in under way. A browser sends its cookie instead. */
      login_token?: string
      setup: string
      code: string
    }
    output: {
      /** The account’s id. */
      account: string
      /** For `bearer` only, and only this once. It replaces the token before. */
      token?: string
      /** Ten. Only this once. */
      recovery_codes: Array<string>
    }
    code: AnyCode | 'unreadable' | 'login-required' | 'login-over' | 'reauthentication-required' | 'unverified' | 'second-factor-required' | 'second-factor-off' | 'cross-site-request' | 'not-found' | 'second-factor-exists' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Remove the second factor. With its recovery codes and trusted devices. */
  removeTwoFactor: {
    input: undefined
    output: undefined
    code: AnyCode | 'unreadable' | 'login-required' | 'reauthentication-required' | 'cross-site-request' | 'second-factor-missing' | 'too-large' | 'unknown-type' | 'busy'
  }
  /** Make new recovery codes. The old ones stop working. The answer has the new ones, only this once. */
  renewRecoveryCodes: {
    input: undefined
    output: {
      /** Ten. Only this once. */
      recovery_codes: Array<string>
    }
    code: AnyCode | 'unreadable' | 'login-required' | 'reauthentication-required' | 'cross-site-request' | 'second-factor-missing' | 'too-large' | 'unknown-type' | 'busy'
  }
  /** What to ask for a log-in with a passkey. For `logInWithPasskey`. Works for five minutes, once. */
  passkeyLoginOptions: {
    input: undefined
    output: {
      /** What the platform is asked, as WebAuthn writes it in JSON. */
      options: Record<string, unknown>
      /** To be sent back with the answer. */
      challenge_token: string
    }
    code: AnyCode | 'unreadable' | 'cross-site-request' | 'logged-in' | 'too-large' | 'unknown-type' | 'busy'
  }
  /** Log in with a passkey. With a PIN, a fingerprint or a face it counts as both factors. */
  logInWithPasskey: {
    input: {
      /** What the platform answered, as WebAuthn writes it in JSON. */
      answer: Record<string, unknown>
      /** To be sent back with the answer. */
      challenge_token: string
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
    code: AnyCode | 'unreadable' | 'passkey-refused' | 'unverified' | 'second-factor-required' | 'second-factor-enrolment-required' | 'cross-site-request' | 'logged-in' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Passkeys of the account. The oldest first. */
  listPasskeys: {
    input: undefined
    output: {
      passkeys: Array<{
        /** Names it for `renamePasskey` and `removePasskey`, and opens nothing. */
        id: string
        name: string
        /** UTC. */
        added_at: string
        last_used_at: string | null
        /** Whether it may be on several devices of its owner. */
        synced: boolean
      }>
    }
    code: AnyCode | 'login-required'
  }
  /** Add a passkey. With the first factor of an account all other sessions end, and this one goes on under a new token. */
  addPasskey: {
    input: {
      /** What the platform answered, as WebAuthn writes it in JSON. */
      answer: Record<string, unknown>
    }
    output: {
      /** The account’s id. */
      account: string
      /** For `bearer` only, and only this once. It replaces the token before. */
      token?: string
      /** Names it for `renamePasskey` and `removePasskey`, and opens nothing. */
      passkey: string
    }
    code: AnyCode | 'unreadable' | 'passkey-refused' | 'login-required' | 'reauthentication-required' | 'unverified' | 'cross-site-request' | 'passkey-exists' | 'too-many-passkeys' | 'too-large' | 'unknown-type' | 'fields' | 'busy'
  }
  /** What to ask to make a passkey. For `addPasskey`. Works for five minutes, once. */
  passkeyOptions: {
    input: undefined
    output: {
      /** What the platform is asked, as WebAuthn writes it in JSON. */
      options: Record<string, unknown>
    }
    code: AnyCode | 'unreadable' | 'login-required' | 'reauthentication-required' | 'unverified' | 'cross-site-request' | 'too-many-passkeys' | 'too-large' | 'unknown-type' | 'busy'
  }
  /** Rename a passkey. Up to 100 characters. */
  renamePasskey: {
    input: {
      /** Names it for `renamePasskey` and `removePasskey`, and opens nothing. */
      passkey: string
      passkey_name: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'login-required' | 'reauthentication-required' | 'cross-site-request' | 'passkey-missing' | 'too-large' | 'unknown-type' | 'fields' | 'busy'
  }
  /** Remove a passkey. The only way to log in stays. */
  removePasskey: {
    input: {
      /** Names it for `renamePasskey` and `removePasskey`, and opens nothing. */
      passkey: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'login-required' | 'reauthentication-required' | 'cross-site-request' | 'passkey-missing' | 'last-way-in' | 'too-large' | 'unknown-type' | 'fields' | 'busy'
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
      /** Where no second factor is asked. */
      trusted_devices: Array<{
        /** Names it for `endTrustedDevice`, and opens nothing. */
        id: string
        device: string
        client_address: string
        /** UTC. */
        since: string
        /** UTC. */
        until: string
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
  /** Stop trusting a device. At its next login it is asked for a code. */
  endTrustedDevice: {
    input: {
      id: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'login-required' | 'reauthentication-required' | 'cross-site-request' | 'not-found' | 'too-large' | 'unknown-type' | 'fields' | 'busy'
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
      second_factors: Array<Record<string, unknown>>
      devices: Array<Record<string, unknown>>
      trusted_devices: Array<Record<string, unknown>>
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
    code: AnyCode | 'unreadable' | 'login-required' | 'reauthentication-required' | 'cross-site-request' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
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
  reauthenticateByCode: 'POST /two-factor/reauthenticate',
  changePassword: 'POST /password',
  requestPasswordReset: 'POST /forgot-password',
  resetPassword: 'POST /reset-password',
  sendVerification: 'POST /verification',
  verifyEmail: 'POST /verification/confirm',
  answerSecondFactor: 'POST /two-factor',
  getSecondFactors: 'GET /two-factor',
  startTwoFactor: 'POST /two-factor/start',
  confirmTwoFactor: 'POST /two-factor/confirm',
  removeTwoFactor: 'POST /two-factor/remove',
  renewRecoveryCodes: 'POST /recovery-codes',
  passkeyLoginOptions: 'POST /login/passkey/options',
  logInWithPasskey: 'POST /login/passkey',
  listPasskeys: 'GET /passkeys',
  addPasskey: 'POST /passkeys',
  passkeyOptions: 'POST /passkeys/options',
  renamePasskey: 'POST /passkeys/rename',
  removePasskey: 'POST /passkeys/remove',
  listDevices: 'GET /devices',
  endDevice: 'POST /devices/end',
  endOtherDevices: 'POST /devices/end-others',
  endTrustedDevice: 'POST /devices/end-trust',
  changeName: 'POST /profile',
  exportData: 'GET /export',
  deleteAccount: 'POST /delete',
}
