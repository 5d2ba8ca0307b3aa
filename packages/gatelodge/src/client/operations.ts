// Written by scripts/client.ts from the OpenAPI document: change an operation in a capability, then run it.

/** What any operation may be refused with. */
export type AnyCode = 'two-credentials' | 'not-embedded' | 'failed' | 'unavailable'

export interface Operations {
  /** Get the session. Returns the account and the session of this request. */
  getSession: {
    input: undefined
    output: {
      account: {
        /** Never changes. Use it as the key in your own tables. */
        id: string
        name: string
        email: string
        email_verified: boolean
        /** In UTC. */
        registered_at: string
        /** The names of the account’s groups, sorted. */
        groups: Array<string>
        /** The site’s own registration fields, by name. */
        fields: Record<string, unknown>
      }
      session: {
        kind: 'cookie' | 'bearer'
        /** In UTC. */
        started_at: string
        /** When the password was last entered in this session. */
        reauthenticated_at: string | null
        remembered: boolean
        /** How the owner proved who they are: the names of RFC 8176, each with its time. */
        methods: Record<string, unknown>
        /** The time of the last of these. */
        authenticated_at: string
      }
    }
    code: AnyCode | 'login-required'
  }
  /** Register. Creates an account and logs in, or says what must be done first. If the address has an account and this is its password, it logs in to that account. */
  register: {
    input: {
      name: string
      email: string
      password: string
      /** `cookie` for a browser on a page of this site. `bearer` for an app: the response then contains a token. */
      session?: 'cookie' | 'bearer'
      /** The registration fields of the site’s own. */
      [field: string]: unknown
    }
    output: {
      /** The ID of the account. */
      account: string
      /** For `bearer` only, and returned only once. It replaces the token used before. */
      token?: string
    } | {
      /** The ID of the account. */
      account: string
      /** For `bearer` only, and returned only once. It replaces the token used before. */
      token?: string
    } | {
      /** `verify-email`: the account exists, and its address must be verified. `read-email`: the next step is in an email; this answer does not say whether the address had an account. `step`: the account exists, and `code` names the step that comes first. */
      next: 'verify-email' | 'read-email' | 'step'
      /** The code of the next step, as at a login. */
      code?: string
      /** For `bearer`, if the login needs another step: the token that continues it. Returned only once. */
      login_token?: string
    }
    code: AnyCode | 'unreadable' | 'unverified' | 'second-factor-required' | 'second-factor-enrolment-required' | 'new-password-required' | 'registration-closed' | 'invitation-required' | 'cross-site-request' | 'logged-in' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Register without a password. Sends an email with a link, behind which the account is made with a passkey. The answer is the same if the address has an account: its owner gets another email. */
  registerWithPasskey: {
    input: {
      name: string
      email: string
      /** The registration fields of the site’s own. */
      [field: string]: unknown
    }
    output: {
      /** `verify-email`: the account exists, and its address must be verified. `read-email`: the next step is in an email; this answer does not say whether the address had an account. `step`: the account exists, and `code` names the step that comes first. */
      next: 'verify-email' | 'read-email' | 'step'
      /** The code of the next step, as at a login. */
      code?: string
      /** For `bearer`, if the login needs another step: the token that continues it. Returned only once. */
      login_token?: string
    }
    code: AnyCode | 'unreadable' | 'registration-closed' | 'invitation-required' | 'email-not-set-up' | 'cross-site-request' | 'logged-in' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Finish creating an account. Takes the token from the link in the email, if the site asks for confirmation first or the registration was without a password. */
  startAccount: {
    input: {
      /** The last part of the link in the email. */
      token: string
      /** Required if the registration had a password and started in another browser. */
      password?: string
      /** For a registration without a password: what the platform answered, as WebAuthn writes it in JSON. */
      answer?: Record<string, unknown>
      /** For a registration without a password, where no passkey can be created: a password instead. */
      new_password?: string
      /** `cookie` for a browser on a page of this site. `bearer` for an app: the response then contains a token. */
      session?: 'cookie' | 'bearer'
    }
    output: {
      /** The ID of the account. */
      account: string
      /** For `bearer` only, and returned only once. It replaces the token used before. */
      token?: string
    }
    code: AnyCode | 'unreadable' | 'passkey-refused' | 'unverified' | 'second-factor-required' | 'second-factor-enrolment-required' | 'new-password-required' | 'cross-site-request' | 'passkey-exists' | 'invalid-link' | 'too-large' | 'unknown-type' | 'fields' | 'passkey-algorithm' | 'rate-limited' | 'busy'
  }
  /** Get the options to create the passkey of a new account. For a registration without a password. The answer goes to `startAccount`. */
  startAccountPasskeyOptions: {
    input: {
      /** The last part of the link in the email. */
      token: string
    }
    output: {
      /** What the platform is asked, as WebAuthn writes it in JSON. */
      options: Record<string, unknown>
    }
    code: AnyCode | 'unreadable' | 'cross-site-request' | 'invalid-link' | 'too-large' | 'unknown-type' | 'fields' | 'busy'
  }
  /** Log in. The answer is the same for an unknown address, a wrong password and a disabled account. */
  logIn: {
    input: {
      email: string
      password: string
      /** If true, the session lasts longer. */
      remember?: boolean
      /** `cookie` for a browser on a page of this site. `bearer` for an app: the response then contains a token. */
      session?: 'cookie' | 'bearer'
    }
    output: {
      /** The ID of the account. */
      account: string
      /** For `bearer` only, and returned only once. It replaces the token used before. */
      token?: string
    }
    code: AnyCode | 'unreadable' | 'credentials' | 'unverified' | 'second-factor-required' | 'second-factor-enrolment-required' | 'new-password-required' | 'cross-site-request' | 'logged-in' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Continue a login. Finishes a login after its steps are complete. The login_token works once, for one hour at most. */
  continueLogin: {
    input: {
      /** The `login_token` of the unfinished login. A browser sends its cookie instead. */
      login_token?: string
    }
    output: {
      /** The ID of the account. */
      account: string
      /** For `bearer` only, and returned only once. It replaces the token used before. */
      token?: string
    }
    code: AnyCode | 'unreadable' | 'login-over' | 'unverified' | 'second-factor-required' | 'second-factor-enrolment-required' | 'new-password-required' | 'cross-site-request' | 'logged-in' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Cancel a login. Its login_token stops working immediately. */
  cancelLogin: {
    input: {
      /** The `login_token` of the unfinished login. A browser sends its cookie instead. */
      login_token?: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'cross-site-request' | 'too-large' | 'unknown-type' | 'fields' | 'busy'
  }
  /** Log out. The token stops working immediately. Without a session, nothing happens. */
  logOut: {
    input: undefined
    output: undefined
    code: AnyCode | 'unreadable' | 'cross-site-request' | 'too-large' | 'unknown-type' | 'busy'
  }
  /** Confirm the password. Required before devices are logged out, unless the password was entered in the last ten minutes. The session continues with a new token. */
  reauthenticate: {
    input: {
      current_password: string
    }
    output: {
      /** The ID of the account. */
      account: string
      /** For `bearer` only, and returned only once. It replaces the token used before. */
      token?: string
    }
    code: AnyCode | 'unreadable' | 'login-required' | 'second-factor-required' | 'cross-site-request' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Get options to reauthenticate with a passkey. For the `answer` of `reauthenticateByCode`. They can be used once, within five minutes. */
  reauthenticationPasskeyOptions: {
    input: undefined
    output: {
      /** What the platform is asked, as WebAuthn writes it in JSON. */
      options: Record<string, unknown>
    }
    code: AnyCode | 'unreadable' | 'login-required' | 'cross-site-request' | 'passkey-missing' | 'too-large' | 'unknown-type' | 'busy'
  }
  /** Confirm with a second factor. If the account has one, this is required before changes to its security. The session continues with a new token. */
  reauthenticateByCode: {
    input: {
      /** The six digits that the app shows. */
      code?: string
      /** A recovery code, instead of `code`. */
      recovery_code?: string
      /** What the platform answered, as WebAuthn writes it in JSON. */
      answer?: Record<string, unknown>
    }
    output: {
      /** The ID of the account. */
      account: string
      /** For `bearer` only, and returned only once. It replaces the token used before. */
      token?: string
    }
    code: AnyCode | 'unreadable' | 'login-required' | 'cross-site-request' | 'second-factor-missing' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Change the password. All other sessions end. This one continues with a new token. An account without a password sets its first one, without `current_password`, after a recent proof with a passkey. */
  changePassword: {
    input: {
      current_password?: string
      new_password: string
    }
    output: {
      /** The ID of the account. */
      account: string
      /** For `bearer` only, and returned only once. It replaces the token used before. */
      token?: string
    }
    code: AnyCode | 'unreadable' | 'login-required' | 'reauthentication-required' | 'cross-site-request' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Request a link to set a new password. The answer is the same whether or not an account has the address. */
  requestPasswordReset: {
    input: {
      email: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'email-not-set-up' | 'cross-site-request' | 'too-large' | 'unknown-type' | 'fields' | 'busy'
  }
  /** Set a new password with the link. All sessions end. No new session starts. */
  resetPassword: {
    input: {
      /** The last part of the link in the email. */
      token: string
      new_password: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'cross-site-request' | 'invalid-link' | 'too-large' | 'unknown-type' | 'fields' | 'busy'
  }
  /** Send the verification email again. The link in the previous email stops working. */
  sendVerification: {
    input: {
      /** The `login_token` of the unfinished login. A browser sends its cookie instead. */
      login_token?: string
    }
    output: {
      /** False if there is nothing left to verify. */
      sent: boolean
    }
    code: AnyCode | 'unreadable' | 'login-required' | 'email-not-set-up' | 'cross-site-request' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Verify an email address with the link. A browser or app that the account has not used before must send the password too, which also logs in. */
  verifyEmail: {
    input: {
      /** The last part of the link in the email. */
      token: string
      /** Required in a browser or app that the account has not used before. */
      password?: string
      /** `cookie` for a browser on a page of this site. `bearer` for an app: the response then contains a token. */
      session?: 'cookie' | 'bearer'
      /** The `login_token` of the unfinished login. A browser sends its cookie instead. */
      login_token?: string
    }
    output: {
      /** True if a session has started: the password was sent too, or a login was unfinished. */
      logged_in: boolean
      /** For `bearer` only, and returned only once. */
      token?: string
    }
    code: AnyCode | 'unreadable' | 'unverified' | 'second-factor-required' | 'second-factor-enrolment-required' | 'new-password-required' | 'cross-site-request' | 'invalid-link' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Log in with a second factor. For a login that needs one. Send a code from the app or a recovery code. Five wrong codes end the login. */
  answerSecondFactor: {
    input: {
      /** The `login_token` of the unfinished login. A browser sends its cookie instead. */
      login_token?: string
      /** The six digits that the app shows. */
      code?: string
      /** A recovery code, instead of `code`. */
      recovery_code?: string
      /** What the platform answered, as WebAuthn writes it in JSON. */
      answer?: Record<string, unknown>
      /** For `cookie` only. If true, no code is needed in this browser for 30 days. */
      trust?: boolean
    }
    output: {
      /** The ID of the account. */
      account: string
      /** For `bearer` only, and returned only once. It replaces the token used before. */
      token?: string
    }
    code: AnyCode | 'unreadable' | 'login-over' | 'unverified' | 'second-factor-enrolment-required' | 'new-password-required' | 'cross-site-request' | 'not-found' | 'logged-in' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Get the second factors. Returns whether an app is set up and how many recovery codes are left. */
  getSecondFactors: {
    input: undefined
    output: {
      /** Null if no app is set up. */
      app: {
        /** In UTC. */
        added_at: string
        last_used_at: string | null
      } | null
      recovery_codes_left: number
      /** The number of codes in a new set. */
      recovery_codes_made: number
    }
    code: AnyCode | 'login-required'
  }
  /** Get options to use a passkey as the second factor. For the `answer` of `answerSecondFactor`. They can be used once, within five minutes. */
  secondFactorPasskeyOptions: {
    input: {
      /** The `login_token` of the unfinished login. A browser sends its cookie instead. */
      login_token?: string
    }
    output: {
      /** What the platform is asked, as WebAuthn writes it in JSON. */
      options: Record<string, unknown>
    }
    code: AnyCode | 'unreadable' | 'login-over' | 'unverified' | 'second-factor-enrolment-required' | 'new-password-required' | 'cross-site-request' | 'not-found' | 'passkey-missing' | 'logged-in' | 'too-large' | 'unknown-type' | 'fields' | 'busy'
  }
  /** Start to set up an app. Returns a new key, as text and as an otpauth link. Nothing is stored until a correct code confirms it. Send the login_token if a login requires the setup. */
  startTwoFactor: {
    input: {
      /** The `login_token` of the unfinished login. A browser sends its cookie instead. */
      login_token?: string
    }
    output: {
      /** In Base32, for people to type. */
      key: string
      /** An `otpauth:` address, for a QR code or a link. */
      uri: string
      /** Send it back with the code. */
      setup: string
    }
    code: AnyCode | 'unreadable' | 'login-over' | 'reauthentication-required' | 'unverified' | 'second-factor-required' | 'new-password-required' | 'second-factor-off' | 'cross-site-request' | 'not-found' | 'second-factor-exists' | 'too-large' | 'unknown-type' | 'fields' | 'busy'
  }
  /** Finish setting up an app. Takes the first code. All other sessions end; this one continues with a new token. The response contains the recovery codes, only this once. */
  confirmTwoFactor: {
    input: {
      /** The `login_token` of the unfinished login. A browser sends its cookie instead. */
      login_token?: string
      setup: string
      code: string
    }
    output: {
      /** The ID of the account. */
      account: string
      /** For `bearer` only, and returned only once. It replaces the token used before. */
      token?: string
      /** Ten codes. Returned only once. */
      recovery_codes: Array<string>
    }
    code: AnyCode | 'unreadable' | 'login-required' | 'login-over' | 'reauthentication-required' | 'unverified' | 'second-factor-required' | 'new-password-required' | 'second-factor-off' | 'cross-site-request' | 'not-found' | 'second-factor-exists' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Remove the second factor. Removes its recovery codes and trusted devices too. */
  removeTwoFactor: {
    input: undefined
    output: undefined
    code: AnyCode | 'unreadable' | 'login-required' | 'reauthentication-required' | 'cross-site-request' | 'second-factor-missing' | 'too-large' | 'unknown-type' | 'busy'
  }
  /** Create new recovery codes. The old codes stop working. The response contains the new ones, only this once. */
  renewRecoveryCodes: {
    input: undefined
    output: {
      /** Ten codes. Returned only once. */
      recovery_codes: Array<string>
    }
    code: AnyCode | 'unreadable' | 'login-required' | 'reauthentication-required' | 'cross-site-request' | 'second-factor-missing' | 'too-large' | 'unknown-type' | 'busy'
  }
  /** Choose a new password at a login. For a login that needs one, because the site requires it. All other sessions of the account end. */
  renewPassword: {
    input: {
      /** The `login_token` of the unfinished login. A browser sends its cookie instead. */
      login_token?: string
      new_password: string
    }
    output: {
      /** The ID of the account. */
      account: string
      /** For `bearer` only, and returned only once. It replaces the token used before. */
      token?: string
    }
    code: AnyCode | 'unreadable' | 'login-over' | 'unverified' | 'second-factor-required' | 'second-factor-enrolment-required' | 'cross-site-request' | 'not-found' | 'logged-in' | 'too-large' | 'unknown-type' | 'fields' | 'busy'
  }
  /** Get options to log in with a passkey. For `logInWithPasskey`. They can be used once, within five minutes. */
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
      /** If true, the session lasts longer. */
      remember?: boolean
      /** `cookie` for a browser on a page of this site. `bearer` for an app: the response then contains a token. */
      session?: 'cookie' | 'bearer'
    }
    output: {
      /** The ID of the account. */
      account: string
      /** For `bearer` only, and returned only once. It replaces the token used before. */
      token?: string
    }
    code: AnyCode | 'unreadable' | 'passkey-refused' | 'unverified' | 'second-factor-required' | 'second-factor-enrolment-required' | 'cross-site-request' | 'logged-in' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** List the passkeys. The oldest first. */
  listPasskeys: {
    input: undefined
    output: {
      passkeys: Array<{
        /** Names it for `renamePasskey` and `removePasskey`. It is no secret. */
        id: string
        name: string
        /** In UTC. */
        added_at: string
        last_used_at: string | null
        /** Whether it may be on several devices of its owner. */
        synced: boolean
      }>
      /** Whether a passkey is asked for after the password. */
      asked_after_password: boolean
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
      /** The ID of the account. */
      account: string
      /** For `bearer` only, and returned only once. It replaces the token used before. */
      token?: string
      /** Names it for `renamePasskey` and `removePasskey`. It is no secret. */
      passkey: string
    }
    code: AnyCode | 'unreadable' | 'passkey-refused' | 'login-required' | 'reauthentication-required' | 'unverified' | 'cross-site-request' | 'passkey-exists' | 'too-many-passkeys' | 'too-large' | 'unknown-type' | 'fields' | 'passkey-algorithm' | 'busy'
  }
  /** Get options to add a passkey. For `addPasskey`. They can be used once, within five minutes. */
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
      /** Names it for `renamePasskey` and `removePasskey`. It is no secret. */
      passkey: string
      passkey_name: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'login-required' | 'reauthentication-required' | 'cross-site-request' | 'passkey-missing' | 'too-large' | 'unknown-type' | 'fields' | 'busy'
  }
  /** Remove a passkey. The only way to log in stays. */
  removePasskey: {
    input: {
      /** Names it for `renamePasskey` and `removePasskey`. It is no secret. */
      passkey: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'login-required' | 'reauthentication-required' | 'cross-site-request' | 'passkey-missing' | 'last-way-in' | 'too-large' | 'unknown-type' | 'fields' | 'busy'
  }
  /** Ask for a passkey after the password, or stop that. To turn it on, reauthenticate with a passkey first, with `/two-factor/reauthenticate`. */
  askPasskeyAfterPassword: {
    input: {
      asked_after_password: boolean
    }
    output: {
      /** The ID of the account. */
      account: string
      /** For `bearer` only, and returned only once. It replaces the token used before. */
      token?: string
      /** Shown once. Empty where the account has recovery codes already, or needs none. */
      recovery_codes: Array<string>
    }
    code: AnyCode | 'unreadable' | 'login-required' | 'reauthentication-required' | 'cross-site-request' | 'passkey-not-askable' | 'too-large' | 'unknown-type' | 'fields' | 'busy'
  }
  /** Log in with a provider. With the code that the browser brought back from `/login/with/NAME`. */
  logInWithProvider: {
    input: {
      /** What the browser brought to the address of the app. It works for two minutes, once. */
      code: string
      /** The text that `app_challenge` was the SHA-256 of (RFC 7636). */
      code_verifier: string
      /** Make an account where there is none. */
      create?: boolean
      /** What a newcomer wants to be called. Default: as the provider says. */
      name?: string
      /** The token of an invitation that the new account joins by. */
      invitation?: string
      /** If true, the session lasts longer. */
      remember?: boolean
      /** `cookie` for a browser on a page of this site. `bearer` for an app: the response then contains a token. */
      session?: 'cookie' | 'bearer'
      /** The registration fields of the site’s own. */
      [field: string]: unknown
    }
    output: {
      /** The ID of the account. */
      account: string
      /** For `bearer` only, and returned only once. It replaces the token used before. */
      token?: string
    } | {
      /** The ID of the account. */
      account: string
      /** For `bearer` only, and returned only once. It replaces the token used before. */
      token?: string
    }
    code: AnyCode | 'unreadable' | 'provider-refused' | 'unverified' | 'second-factor-required' | 'second-factor-enrolment-required' | 'new-password-required' | 'registration-closed' | 'cross-site-request' | 'account-missing' | 'logged-in' | 'invalid-link' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** List the devices. The browsers and apps that are logged in to the account. The one that sent this request comes first. */
  listDevices: {
    input: {
      /** The `next` of the previous page. Without it, the first page is returned. */
      before?: string
    } | undefined
    output: {
      devices: Array<{
        /** Send it to `endDevice`. It gives no access. */
        id: string
        /** A readable name, made from what the device reports about itself. */
        device: string
        client_address: string
        /** In UTC. */
        since: string
        /** In UTC. */
        last_used: string
        /** True for the device that sent this request. */
        is_here: boolean
      }>
      /** Devices that need no second factor at a login. */
      trusted_devices: Array<{
        /** Send it to `endTrustedDevice`. It gives no access. */
        id: string
        device: string
        client_address: string
        /** In UTC. */
        since: string
        /** In UTC. */
        until: string
      }>
      /** Send it as `before` to get the next page. Null on the last page. */
      next: string | null
    }
    code: AnyCode | 'login-required'
  }
  /** Log out a device. Requires a login or a confirmation in the last ten minutes. */
  endDevice: {
    input: {
      id: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'login-required' | 'reauthentication-required' | 'cross-site-request' | 'not-found' | 'too-large' | 'unknown-type' | 'fields' | 'busy'
  }
  /** Log out all other devices. Requires a login or a confirmation in the last ten minutes. */
  endOtherDevices: {
    input: undefined
    output: undefined
    code: AnyCode | 'unreadable' | 'login-required' | 'reauthentication-required' | 'cross-site-request' | 'too-large' | 'unknown-type' | 'busy'
  }
  /** Stop trusting a device. The next login on that device needs a code. */
  endTrustedDevice: {
    input: {
      id: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'login-required' | 'reauthentication-required' | 'cross-site-request' | 'not-found' | 'too-large' | 'unknown-type' | 'fields' | 'busy'
  }
  /** List the activity of the account. The events that are recorded for the account, newest first, 20 on each page. */
  listActivity: {
    input: {
      /** The `next` of the previous page. Without it, the first page is returned. */
      before?: string
    } | undefined
    output: {
      events: Array<{
        id: string
        /** In UTC. */
        at: string
        /** A stable name, such as `login.succeeded`. */
        event: string
        /** `succeeded`, `refused` or `asked`. */
        outcome: string
        /** A readable name, made from what the device reports about itself. */
        device: string
        client_address: string
      }>
      /** Send it as `before` to get the next page. Null on the last page. */
      next: string | null
    }
    code: AnyCode | 'login-required'
  }
  /** Change the name. The owner gets an email about the change. */
  changeName: {
    input: {
      name: string
    }
    output: {
      /** The name as stored, without spaces at its start and end. */
      name: string
    }
    code: AnyCode | 'unreadable' | 'login-required' | 'cross-site-request' | 'too-large' | 'unknown-type' | 'fields' | 'busy'
  }
  /** Export all stored data. The same document that people can download, as a stream. */
  exportData: {
    input: undefined
    output: {
      /** In UTC. */
      exported_at: string
      account: Record<string, unknown>
      second_factors: Array<Record<string, unknown>>
      recovery_codes_left: number
      passkeys: Array<Record<string, unknown>>
      connections: Array<Record<string, unknown>>
      devices: Array<Record<string, unknown>>
      trusted_devices: Array<Record<string, unknown>>
      logins_under_way: Array<Record<string, unknown>>
      emails: Array<Record<string, unknown>>
      links: Array<Record<string, unknown>>
      activity: Array<Record<string, unknown>>
    }
    code: AnyCode | 'login-required'
  }
  /** Delete the account. Nobody can log in to the account from now on. The owner gets an email with a link to restore it, if the site allows time for that. An account without a password is deleted without `current_password`, after a recent proof with a passkey. */
  deleteAccount: {
    input: {
      current_password?: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'login-required' | 'reauthentication-required' | 'cross-site-request' | 'last-administrator' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Register with an invitation. Takes the token from the link. Creates an account in the groups of the invitation and logs in. If the invitation is for one address, the account has that address, and it is verified. */
  registerByInvitation: {
    input: {
      /** The last part of the link in the email. */
      token: string
      name: string
      /** Not needed if the invitation is for one address. */
      email?: string
      password: string
      /** `cookie` for a browser on a page of this site. `bearer` for an app: the response then contains a token. */
      session?: 'cookie' | 'bearer'
      /** The registration fields of the site’s own. */
      [field: string]: unknown
    }
    output: {
      /** The ID of the account. */
      account: string
      /** For `bearer` only, and returned only once. It replaces the token used before. */
      token?: string
    } | {
      /** `verify-email`: the account exists, and its address must be verified. `read-email`: the next step is in an email; this answer does not say whether the address had an account. `step`: the account exists, and `code` names the step that comes first. */
      next: 'verify-email' | 'read-email' | 'step'
      /** The code of the next step, as at a login. */
      code?: string
      /** For `bearer`, if the login needs another step: the token that continues it. Returned only once. */
      login_token?: string
    }
    code: AnyCode | 'unreadable' | 'unverified' | 'second-factor-required' | 'second-factor-enrolment-required' | 'registration-closed' | 'cross-site-request' | 'logged-in' | 'invalid-link' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Accept an invitation. Adds the account to the groups of the invitation. If it already has all that the invitation gives, nothing is used up. */
  acceptInvitation: {
    input: {
      /** The last part of the link in the email. */
      token: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'login-required' | 'other-address' | 'cross-site-request' | 'too-many-groups' | 'invalid-link' | 'too-large' | 'unknown-type' | 'fields' | 'busy'
  }
}

export const routes: Record<keyof Operations, string> = {
  getSession: 'GET /session',
  register: 'POST /register',
  registerWithPasskey: 'POST /register/passkey',
  startAccount: 'POST /register/start',
  startAccountPasskeyOptions: 'POST /register/start/options',
  logIn: 'POST /login',
  continueLogin: 'POST /login/continue',
  cancelLogin: 'POST /login/cancel',
  logOut: 'POST /logout',
  reauthenticate: 'POST /password/confirm',
  reauthenticationPasskeyOptions: 'POST /two-factor/reauthenticate/options',
  reauthenticateByCode: 'POST /two-factor/reauthenticate',
  changePassword: 'POST /password',
  requestPasswordReset: 'POST /forgot-password',
  resetPassword: 'POST /reset-password',
  sendVerification: 'POST /verification',
  verifyEmail: 'POST /verification/confirm',
  answerSecondFactor: 'POST /two-factor',
  getSecondFactors: 'GET /two-factor',
  secondFactorPasskeyOptions: 'POST /two-factor/options',
  startTwoFactor: 'POST /two-factor/start',
  confirmTwoFactor: 'POST /two-factor/confirm',
  removeTwoFactor: 'POST /two-factor/remove',
  renewRecoveryCodes: 'POST /recovery-codes',
  renewPassword: 'POST /password/renew',
  passkeyLoginOptions: 'POST /login/passkey/options',
  logInWithPasskey: 'POST /login/passkey',
  listPasskeys: 'GET /passkeys',
  addPasskey: 'POST /passkeys',
  passkeyOptions: 'POST /passkeys/options',
  renamePasskey: 'POST /passkeys/rename',
  removePasskey: 'POST /passkeys/remove',
  askPasskeyAfterPassword: 'POST /passkeys/after-password',
  logInWithProvider: 'POST /login/provider',
  listDevices: 'GET /devices',
  endDevice: 'POST /devices/end',
  endOtherDevices: 'POST /devices/end-others',
  endTrustedDevice: 'POST /devices/end-trust',
  listActivity: 'GET /account/activity',
  changeName: 'POST /profile',
  exportData: 'GET /export',
  deleteAccount: 'POST /delete',
  registerByInvitation: 'POST /invitation/register',
  acceptInvitation: 'POST /invitation/accept',
}

/** With an API key. */
export interface AdminOperations {
  /** List invitations. The newest first. No link is shown. */
  listInvitations: {
    input: {
      /** 1 to 1000. Default: 50. */
      limit?: string
      /** The `next` of the previous page, with the same filters. */
      cursor?: string
    } | undefined
    output: {
      invitations: Array<{
        /** Names an invitation. It gives no access. */
        id: string
        /** For whom the invitation is. Without it, for anyone who has the link. */
        email: string | null
        /** The names of the account’s groups, sorted. */
        groups: Array<string>
        /** How many people may use it, up to 10000. With an address, one. */
        uses: number
        used: number
        state: 'open' | 'used' | 'expired' | 'revoked'
        /** In UTC. */
        created_at: string
        /** In UTC. */
        expires_at: string
        /** Who did it to the account of someone else: `command`, `code`, `key:NAME`, `connection:NAME` for a group by a claim, or the ID of an administrator. */
        created_by: string
      }>
      /** Send it as `cursor` to get the next page. Null on the last page. */
      next: string | null
    }
    code: AnyCode | 'query' | 'key-required' | 'key-scope' | 'rate-limited'
  }
  /** Create an invitation. With an address, it goes there by email. Without one, the answer has the link. Not to `administrators`. */
  createInvitation: {
    input: {
      /** For whom the invitation is. Without it, for anyone who has the link. */
      email?: string
      /** The groups of the accounts that it makes. Requires the scope `groups:write` too. */
      groups?: Array<string>
      /** How many people may use it, up to 10000. With an address, one. */
      uses?: number
      /** Between five minutes and 365 days from now. Default: as the site has set it. */
      expires_at?: string
      /** Why, for the record. Required where it touches the safety of the account. */
      reason?: string
    }
    output: {
      /** Names an invitation. It gives no access. */
      id: string
      /** For whom the invitation is. Without it, for anyone who has the link. */
      email: string | null
      /** The names of the account’s groups, sorted. */
      groups: Array<string>
      /** How many people may use it, up to 10000. With an address, one. */
      uses: number
      used: number
      state: 'open' | 'used' | 'expired' | 'revoked'
      /** In UTC. */
      created_at: string
      /** In UTC. */
      expires_at: string
      /** Who did it to the account of someone else: `command`, `code`, `key:NAME`, `connection:NAME` for a group by a claim, or the ID of an administrator. */
      created_by: string
      /** The link, shown once. Null where it went to the address by email. */
      link: string | null
    }
    code: AnyCode | 'unreadable' | 'key-required' | 'key-scope' | 'email-not-set-up' | 'cross-site-request' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Revoke an invitation. Its link no longer works. Accounts that it made stay. */
  revokeInvitation: {
    input: {
      /** Names an invitation. It gives no access. */
      invitation: string
      /** Why, for the record. Required where it touches the safety of the account. */
      reason?: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'key-required' | 'key-scope' | 'cross-site-request' | 'not-found' | 'state' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** List accounts. A page at a time, from indexes. Nothing is counted. */
  listAccounts: {
    input: {
      /** An ID or address, or the beginning of an address or name. */
      query?: string
      /** Only the members of this group. */
      group?: string
      /** `active`, `disabled` or `deleted`. */
      state?: string
      /** `registered` (the newest first), `address` or `name`; without `query` only. */
      order?: string
      /** 1 to 1000. Default: 50. */
      limit?: string
      /** The `next` of the previous page, with the same filters. */
      cursor?: string
    } | undefined
    output: {
      accounts: Array<{
        /** Never changes. Use it as the key in your own tables. */
        id: string
        name: string
        email: string
        email_verified: boolean
        state: 'active' | 'disabled' | 'deleted'
        /** In UTC. */
        registered_at: string
        disabled_at: string | null
        /** When the data of a deleted account is removed. */
        deletes_at: string | null
        has_second_factor: boolean
        /** The names of the account’s groups, sorted. */
        groups: Array<string>
        /** The site’s own registration fields, by name. */
        fields: Record<string, unknown>
      }>
      /** Send it as `cursor` to get the next page. Null on the last page. */
      next: string | null
    }
    code: AnyCode | 'query' | 'key-required' | 'key-scope' | 'rate-limited'
  }
  /** Create an account. No email is sent. An address that has an account is refused with the code `taken`. */
  createAccount: {
    input: {
      email: string
      name: string
      /** Without it and `password_hash`, the owner sets one with a link. */
      password?: string
      /** As another system has stored it, instead of `password`. */
      password_hash?: string
      /** It is known that the address belongs to the user. */
      email_verified?: boolean
      /** The site’s own registration fields, by name. */
      fields?: Record<string, unknown>
      /** The names of the account’s groups, sorted. */
      groups?: Array<string>
      /** When the account was made elsewhere. Default: now. */
      created_at?: string
      /** Why, for the record. Required where it touches the safety of the account. */
      reason?: string
    }
    output: {
      /** Never changes. Use it as the key in your own tables. */
      id: string
      name: string
      email: string
      email_verified: boolean
      state: 'active' | 'disabled' | 'deleted'
      /** In UTC. */
      registered_at: string
      disabled_at: string | null
      /** When the data of a deleted account is removed. */
      deletes_at: string | null
      has_second_factor: boolean
      /** The names of the account’s groups, sorted. */
      groups: Array<string>
      /** The site’s own registration fields, by name. */
      fields: Record<string, unknown>
    }
    code: AnyCode | 'unreadable' | 'key-required' | 'key-scope' | 'cross-site-request' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Get an account. By `id` or `email`. */
  getAccount: {
    input: {
      /** The ID of the account. */
      id?: string
      /** An address, instead of `id`. */
      email?: string
    } | undefined
    output: {
      /** Never changes. Use it as the key in your own tables. */
      id: string
      name: string
      email: string
      email_verified: boolean
      state: 'active' | 'disabled' | 'deleted'
      /** In UTC. */
      registered_at: string
      disabled_at: string | null
      /** When the data of a deleted account is removed. */
      deletes_at: string | null
      has_second_factor: boolean
      /** The names of the account’s groups, sorted. */
      groups: Array<string>
      /** The site’s own registration fields, by name. */
      fields: Record<string, unknown>
    }
    code: AnyCode | 'key-required' | 'key-scope' | 'not-found' | 'rate-limited'
  }
  /** Update an account. What is not named stays. If the address is refused, nothing changes. */
  updateAccount: {
    input: {
      /** The ID of the account. */
      account: string
      /** Why, for the record. Required where it touches the safety of the account. */
      reason?: string
      name?: string
      /** All devices are logged out, and the old address gets an email. Requires `reason`. */
      email?: string
      /** It is known that the address belongs to the user. */
      email_verified?: boolean
      /** Those that are not named stay. An empty text removes one. */
      fields?: Record<string, unknown>
    }
    output: {
      /** Never changes. Use it as the key in your own tables. */
      id: string
      name: string
      email: string
      email_verified: boolean
      state: 'active' | 'disabled' | 'deleted'
      /** In UTC. */
      registered_at: string
      disabled_at: string | null
      /** When the data of a deleted account is removed. */
      deletes_at: string | null
      has_second_factor: boolean
      /** The names of the account’s groups, sorted. */
      groups: Array<string>
      /** The site’s own registration fields, by name. */
      fields: Record<string, unknown>
    }
    code: AnyCode | 'unreadable' | 'key-required' | 'key-scope' | 'cross-site-request' | 'not-found' | 'state' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Disable an account. Nobody can log in to it. All devices are logged out, and its owner gets an email. */
  disableAccount: {
    input: {
      /** The ID of the account. */
      account: string
      /** Why, for the record. Required where it touches the safety of the account. */
      reason?: string
    }
    output: {
      /** Never changes. Use it as the key in your own tables. */
      id: string
      name: string
      email: string
      email_verified: boolean
      state: 'active' | 'disabled' | 'deleted'
      /** In UTC. */
      registered_at: string
      disabled_at: string | null
      /** When the data of a deleted account is removed. */
      deletes_at: string | null
      has_second_factor: boolean
      /** The names of the account’s groups, sorted. */
      groups: Array<string>
      /** The site’s own registration fields, by name. */
      fields: Record<string, unknown>
    }
    code: AnyCode | 'unreadable' | 'key-required' | 'key-scope' | 'cross-site-request' | 'not-found' | 'state' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Enable an account. Its owner can log in again. Also restores a deleted account that still exists. */
  enableAccount: {
    input: {
      /** The ID of the account. */
      account: string
      /** Why, for the record. Required where it touches the safety of the account. */
      reason?: string
    }
    output: {
      /** Never changes. Use it as the key in your own tables. */
      id: string
      name: string
      email: string
      email_verified: boolean
      state: 'active' | 'disabled' | 'deleted'
      /** In UTC. */
      registered_at: string
      disabled_at: string | null
      /** When the data of a deleted account is removed. */
      deletes_at: string | null
      has_second_factor: boolean
      /** The names of the account’s groups, sorted. */
      groups: Array<string>
      /** The site’s own registration fields, by name. */
      fields: Record<string, unknown>
    }
    code: AnyCode | 'unreadable' | 'key-required' | 'key-scope' | 'cross-site-request' | 'not-found' | 'state' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Delete an account. Closed at once. Its data is removed later, and until then it can be restored. */
  deleteAccount: {
    input: {
      /** The ID of the account. */
      account: string
      /** Why, for the record. Required where it touches the safety of the account. */
      reason?: string
    }
    output: {
      /** Never changes. Use it as the key in your own tables. */
      id: string
      name: string
      email: string
      email_verified: boolean
      state: 'active' | 'disabled' | 'deleted'
      /** In UTC. */
      registered_at: string
      disabled_at: string | null
      /** When the data of a deleted account is removed. */
      deletes_at: string | null
      has_second_factor: boolean
      /** The names of the account’s groups, sorted. */
      groups: Array<string>
      /** The site’s own registration fields, by name. */
      fields: Record<string, unknown>
    }
    code: AnyCode | 'unreadable' | 'key-required' | 'key-scope' | 'cross-site-request' | 'not-found' | 'state' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Restore a deleted account. While its data still exists. */
  restoreAccount: {
    input: {
      /** The ID of the account. */
      account: string
      /** Why, for the record. Required where it touches the safety of the account. */
      reason?: string
    }
    output: {
      /** Never changes. Use it as the key in your own tables. */
      id: string
      name: string
      email: string
      email_verified: boolean
      state: 'active' | 'disabled' | 'deleted'
      /** In UTC. */
      registered_at: string
      disabled_at: string | null
      /** When the data of a deleted account is removed. */
      deletes_at: string | null
      has_second_factor: boolean
      /** The names of the account’s groups, sorted. */
      groups: Array<string>
      /** The site’s own registration fields, by name. */
      fields: Record<string, unknown>
    }
    code: AnyCode | 'unreadable' | 'key-required' | 'key-scope' | 'cross-site-request' | 'not-found' | 'state' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Mark the address as verified. Sends no email. */
  verifyAddress: {
    input: {
      /** The ID of the account. */
      account: string
      /** Why, for the record. Required where it touches the safety of the account. */
      reason?: string
    }
    output: {
      /** Never changes. Use it as the key in your own tables. */
      id: string
      name: string
      email: string
      email_verified: boolean
      state: 'active' | 'disabled' | 'deleted'
      /** In UTC. */
      registered_at: string
      disabled_at: string | null
      /** When the data of a deleted account is removed. */
      deletes_at: string | null
      has_second_factor: boolean
      /** The names of the account’s groups, sorted. */
      groups: Array<string>
      /** The site’s own registration fields, by name. */
      fields: Record<string, unknown>
    }
    code: AnyCode | 'unreadable' | 'key-required' | 'key-scope' | 'cross-site-request' | 'not-found' | 'state' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Require a new password. Ends all sessions. The next login with the password asks for a new one. `409` with `state`: the account has no password. */
  requireNewPassword: {
    input: {
      /** The ID of the account. */
      account: string
      /** Why, for the record. Required where it touches the safety of the account. */
      reason?: string
    }
    output: {
      /** Never changes. Use it as the key in your own tables. */
      id: string
      name: string
      email: string
      email_verified: boolean
      state: 'active' | 'disabled' | 'deleted'
      /** In UTC. */
      registered_at: string
      disabled_at: string | null
      /** When the data of a deleted account is removed. */
      deletes_at: string | null
      has_second_factor: boolean
      /** The names of the account’s groups, sorted. */
      groups: Array<string>
      /** The site’s own registration fields, by name. */
      fields: Record<string, unknown>
    }
    code: AnyCode | 'unreadable' | 'key-required' | 'key-scope' | 'cross-site-request' | 'not-found' | 'state' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Send a link to set a new password. To the address of the account, and nowhere else. */
  sendResetLink: {
    input: {
      /** The ID of the account. */
      account: string
      /** Why, for the record. Required where it touches the safety of the account. */
      reason?: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'key-required' | 'key-scope' | 'email-not-set-up' | 'cross-site-request' | 'not-found' | 'state' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** List the sessions of an account. The one used last first. */
  listSessions: {
    input: {
      /** The ID of the account. */
      account?: string
      /** The `next` of the previous page, with the same filters. */
      cursor?: string
    } | undefined
    output: {
      sessions: Array<{
        /** Names a session of the account. It gives no access. */
        id: string
        /** A readable name, made from what the device reports about itself. */
        device: string
        client_address: string
        /** In UTC. */
        since: string
        /** In UTC. */
        last_used: string
      }>
      /** Send it as `cursor` to get the next page. Null on the last page. */
      next: string | null
    }
    code: AnyCode | 'query' | 'key-required' | 'key-scope' | 'not-found' | 'rate-limited'
  }
  /** Log out one device. By its ID in the list of sessions. The owner gets an email. */
  revokeSession: {
    input: {
      /** The ID of the account. */
      account: string
      /** Names a session of the account. It gives no access. */
      session: string
      /** Why, for the record. Required where it touches the safety of the account. */
      reason?: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'key-required' | 'key-scope' | 'cross-site-request' | 'not-found' | 'state' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Log out all devices. The owner gets an email. */
  revokeSessions: {
    input: {
      /** The ID of the account. */
      account: string
      /** Why, for the record. Required where it touches the safety of the account. */
      reason?: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'key-required' | 'key-scope' | 'cross-site-request' | 'not-found' | 'state' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** List the providers that an account is connected with. The oldest connection first. */
  listConnections: {
    input: {
      /** The ID of the account. */
      account?: string
    } | undefined
    output: {
      connections: Array<{
        /** Names one of the account’s connections with a provider. It gives no access. */
        id: string
        /** The name of the provider in the settings of the site. */
        provider: string
        /** The address there, as the provider gave it last. It may be another one than that of the account. */
        email: string | null
        /** In UTC. */
        added_at: string
        last_used_at: string | null
      }>
    }
    code: AnyCode | 'key-required' | 'key-scope' | 'not-found' | 'rate-limited'
  }
  /** Disconnect a provider from an account. All devices are logged out, and the owner gets an email. If it is the only way to log in, it cannot be disconnected. */
  removeConnection: {
    input: {
      /** The ID of the account. */
      account: string
      /** Names one of the account’s connections with a provider. It gives no access. */
      connection: string
      /** Why, for the record. Required where it touches the safety of the account. */
      reason?: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'key-required' | 'key-scope' | 'cross-site-request' | 'not-found' | 'last-way-in' | 'state' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** List groups. By name. */
  listGroups: {
    input: {
      /** The `next` of the previous page, with the same filters. */
      cursor?: string
    } | undefined
    output: {
      groups: Array<{
        name: string
        description: string
        /** In UTC. */
        created_at: string
      }>
      /** Send it as `cursor` to get the next page. Null on the last page. */
      next: string | null
    }
    code: AnyCode | 'query' | 'key-required' | 'key-scope' | 'rate-limited'
  }
  /** Create a group. Its name never changes. */
  createGroup: {
    input: {
      /** 1 to 64 of the characters a to z, 0 to 9, `.`, `_` and `-`. */
      group: string
      /** Up to 200 characters. */
      description?: string
      /** Why, for the record. Required where it touches the safety of the account. */
      reason?: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'key-required' | 'key-scope' | 'cross-site-request' | 'not-found' | 'state' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Change the description of a group. Its name and members stay. */
  describeGroup: {
    input: {
      /** 1 to 64 of the characters a to z, 0 to 9, `.`, `_` and `-`. */
      group: string
      /** Up to 200 characters. */
      description?: string
      /** Why, for the record. Required where it touches the safety of the account. */
      reason?: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'key-required' | 'key-scope' | 'cross-site-request' | 'not-found' | 'state' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Delete a group. Its members keep their accounts. */
  deleteGroup: {
    input: {
      /** 1 to 64 of the characters a to z, 0 to 9, `.`, `_` and `-`. */
      group: string
      /** Why, for the record. Required where it touches the safety of the account. */
      reason?: string
    }
    output: undefined
    code: AnyCode | 'unreadable' | 'key-required' | 'key-scope' | 'cross-site-request' | 'not-found' | 'state' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Add an account to a group. Not to `administrators`: no key makes an administrator. */
  addToGroup: {
    input: {
      /** The ID of the account. */
      account: string
      /** 1 to 64 of the characters a to z, 0 to 9, `.`, `_` and `-`. */
      group: string
      /** Why, for the record. Required where it touches the safety of the account. */
      reason?: string
    }
    output: {
      /** Never changes. Use it as the key in your own tables. */
      id: string
      name: string
      email: string
      email_verified: boolean
      state: 'active' | 'disabled' | 'deleted'
      /** In UTC. */
      registered_at: string
      disabled_at: string | null
      /** When the data of a deleted account is removed. */
      deletes_at: string | null
      has_second_factor: boolean
      /** The names of the account’s groups, sorted. */
      groups: Array<string>
      /** The site’s own registration fields, by name. */
      fields: Record<string, unknown>
    }
    code: AnyCode | 'unreadable' | 'key-required' | 'key-scope' | 'cross-site-request' | 'not-found' | 'state' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** Remove an account from a group. Not from `administrators`. */
  removeFromGroup: {
    input: {
      /** The ID of the account. */
      account: string
      /** 1 to 64 of the characters a to z, 0 to 9, `.`, `_` and `-`. */
      group: string
      /** Why, for the record. Required where it touches the safety of the account. */
      reason?: string
    }
    output: {
      /** Never changes. Use it as the key in your own tables. */
      id: string
      name: string
      email: string
      email_verified: boolean
      state: 'active' | 'disabled' | 'deleted'
      /** In UTC. */
      registered_at: string
      disabled_at: string | null
      /** When the data of a deleted account is removed. */
      deletes_at: string | null
      has_second_factor: boolean
      /** The names of the account’s groups, sorted. */
      groups: Array<string>
      /** The site’s own registration fields, by name. */
      fields: Record<string, unknown>
    }
    code: AnyCode | 'unreadable' | 'key-required' | 'key-scope' | 'cross-site-request' | 'not-found' | 'state' | 'too-large' | 'unknown-type' | 'fields' | 'rate-limited' | 'busy'
  }
  /** List the record. Who did what to which account, the newest first. */
  listRecords: {
    input: {
      /** The ID of the account. */
      account?: string
      /** 1 to 1000. Default: 50. */
      limit?: string
      /** The `next` of the previous page, with the same filters. */
      cursor?: string
    } | undefined
    output: {
      records: Array<{
        id: string
        /** In UTC. */
        at: string
        /** A stable name, such as `login.succeeded`. */
        event: string
        /** `succeeded`, `refused` or `asked`. */
        outcome: string
        /** The ID of the account. */
        account: string | null
        /** Who did it to the account of someone else: `command`, `code`, `key:NAME`, `connection:NAME` for a group by a claim, or the ID of an administrator. */
        actor: string | null
        /** A stable code, or the name that it is about. */
        reason: string | null
        /** Why, in the words of the person or program that did it. */
        note: string | null
        device: string
        client_address: string
      }>
      /** Send it as `cursor` to get the next page. Null on the last page. */
      next: string | null
    }
    code: AnyCode | 'query' | 'key-required' | 'key-scope' | 'rate-limited'
  }
}

export const adminRoutes: Record<keyof AdminOperations, string> = {
  listInvitations: 'GET /admin/invitations',
  createInvitation: 'POST /admin/invitations',
  revokeInvitation: 'POST /admin/invitations/revoke',
  listAccounts: 'GET /admin/accounts',
  createAccount: 'POST /admin/accounts',
  getAccount: 'GET /admin/account',
  updateAccount: 'POST /admin/accounts/update',
  disableAccount: 'POST /admin/accounts/disable',
  enableAccount: 'POST /admin/accounts/enable',
  deleteAccount: 'POST /admin/accounts/delete',
  restoreAccount: 'POST /admin/accounts/restore',
  verifyAddress: 'POST /admin/accounts/verify',
  requireNewPassword: 'POST /admin/accounts/require-new-password',
  sendResetLink: 'POST /admin/accounts/reset-link',
  listSessions: 'GET /admin/sessions',
  revokeSession: 'POST /admin/sessions/revoke',
  revokeSessions: 'POST /admin/sessions/revoke-all',
  listConnections: 'GET /admin/connections',
  removeConnection: 'POST /admin/connections/remove',
  listGroups: 'GET /admin/groups',
  createGroup: 'POST /admin/groups',
  describeGroup: 'POST /admin/groups/describe',
  deleteGroup: 'POST /admin/groups/delete',
  addToGroup: 'POST /admin/groups/add',
  removeFromGroup: 'POST /admin/groups/remove',
  listRecords: 'GET /admin/audit',
}
