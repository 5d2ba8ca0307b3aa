// Written from en.json by `npm run text`: every message by its key, with the arguments that it takes.

export interface Messages {
  skipLink: string
  needHelp: string
  errorTitle: (values: { title: string }) => string
  errorMark: string
  problemHeading: string
  logIn: string
  logOut: string
  register: string
  doors: string
  showPassword: string
  hidePassword: string
  passwordVisible: string
  passwordHidden: string
  labels: {
    name: string
    email: string
    password: string
    current_password: string
    new_password: string
    new_email: string
    remember: string
    code: string
    recovery_code: string
    trust: string
    passkey_name: string
    reason: string
    key_name: string
    days: string
    account_name: string
    account_email: string
    verified: string
    group: string
    invited_email: string
    groups: string
    uses: string
    description: string
  }
  optional: (values: { label: string }) => string
  chooseOne: string
  useMeant: (values: { email: string }) => string
  yes: string
  no: string
  passwordHint: (values: { least: number }) => string
  passwordAdvice: {
    short: (values: { least: number }) => string
    common: string
  }
  rememberHint: (values: { days: number }) => string
  backToAccount: string
  requestId: (values: { id: string }) => string
  frontPage: string
  login: {
    title: string
    heading: string
    lead: (values: { site: string }) => string
    button: string
    busy: string
    forgot: string
    passkey: string
  }
  continueLogin: {
    title: string
    lead: (values: { email: string }) => string
    button: string
    cancel: string
  }
  registration: {
    title: string
    heading: string
    lead: string
    button: string
    logInInstead: string
    sentLead: (values: { email: string; life: string }) => string
    startTitle: string
    startLead: string
    startPasswordLead: string
    startButton: string
    withPasskey: string
    startPasskeyLead: string
    startPasskeyButton: string
    startPasskeyNeedsScript: string
    startPasskeyNotMade: string
    startWithPassword: string
    startWithPasskey: string
    closedTitle: string
    closedLead: (values: { site: string }) => string
    invitationTitle: string
    invitationLead: (values: { site: string }) => string
  }
  invitation: {
    title: string
    lead: string
    leadForAddress: string
    logInInstead: string
    hasAccount: string
    closed: (values: { site: string }) => string
    acceptTitle: string
    acceptLead: string
    acceptButton: string
    otherAddress: string
    over: {
      unknown: string
      used: string
      expired: string
      revoked: string
    }
    usedHint: string
    askAgain: string
    overAtStart: string
  }
  checkEmail: {
    title: string
    spam: string
    wait: (values: { wait: string }) => string
    ready: string
    again: string
    otherAddress: string
  }
  logout: {
    title: string
    heading: string
    lead: string
    stay: string
  }
  forgot: {
    title: string
    lead: string
    button: string
    sentLead: (values: { email: string; life: string }) => string
    back: string
    askAgain: string
  }
  reset: {
    title: string
    lead: (values: { email: string }) => string
    button: string
  }
  account: {
    title: string
    greeting: (values: { name: string }) => string
    lead: string
    sections: {
      profile: string
      security: string
      activity: string
      data: string
      deletion: string
    }
    name: string
    email: string
    password: string
    passwordChanged: string
    passwordNone: string
    setPassword: string
    passwordNeverChanged: string
    member: string
    groups: string
    change: string
    see: string
    verified: string
    notVerified: string
    verify: string
    devices: string
    devicesCount: (values: { count: number }) => string
    seeDevices: string
    changeName: string
    changeEmail: string
    pending: (values: { email: string }) => string
    twoFactor: string
    twoFactorOn: (values: { left: number; all: number }) => string
    twoFactorByPasskey: (values: { left: number; all: number }) => string
    twoFactorOff: string
    setUpTwoFactor: string
    manageTwoFactor: string
    setUpTwoFactorLabel: string
    data: string
    download: string
    downloadData: string
    dataLead: string
    yourAccount: string
    end: string
    delete: string
    deletedAfter: (values: { days: string }) => string
    deletedAtOnce: string
    changePassword: string
  }
  activity: {
    title: string
    lead: string
    seeAll: string
    events: {
      'registration.succeeded': string
      'registration.refused': string
      'login.succeeded': string
      'login.failed': string
      'login.unfinished': string
      'logout.succeeded': string
      'password.changed': string
      'password.added': string
      'password.change-refused': string
      'registration.requested': string
      'reauthentication.succeeded': string
      'reauthentication.failed': string
      'password-reset.requested': string
      'password-reset.succeeded': string
      'email.verified': string
      'email.change-requested': string
      'email.change-cancelled': string
      'email.changed': string
      'name.changed': string
      'session.ended': string
      'sessions.ended': string
      'account.deletion-scheduled': string
      'account.restored': string
      'account.created': string
      'invitation.created': string
      'invitation.revoked': string
      'invitation.accepted': string
      'invitation.refused': string
      'administrator.link-made': string
      'group.created': string
      'group.deleted': string
      'group.joined': string
      'group.left': string
      'name.set': string
      'email.set': string
      'email.marked-verified': string
      'account.deletion-started': string
      'account.brought-back': string
      'account.logged-out': string
      'session.ended-by-site': string
      'key.refused': string
      'password.set': string
      'password.demanded': string
      'password-reset.link-made': string
      'administrator.added': string
      'administrator.removed': string
      'account.disabled': string
      'account.enabled': string
      'two-factor.added': string
      'two-factor.removed': string
      'two-factor.app-removed': string
      'two-factor.reset': string
      'two-factor.failed': string
      'two-factor.locked': string
      'recovery-code.used': string
      'recovery-codes.few': string
      'recovery-codes.removed': string
      'recovery-codes.renewed': string
      'trusted-device.removed': string
      'passkey.added': string
      'passkey.removed': string
      'passkey.renamed': string
      'passkey-after-password.turned-on': string
      'passkey-after-password.turned-off': string
      'passkey.copy-suspected': string
      'console.refused': string
      'group.described': string
      'fields.set': string
      'import.started': string
      'import.finished': string
      'key.created': string
      'key.revoked': string
      'connection.added': string
      'connection.removed': string
      'email.sent-again': string
      'activity.downloaded': string
      'accounts.downloaded': string
      'bulk-act.ordered': string
    }
  }
  paging: {
    label: string
    previous: string
    next: string
  }
  devices: {
    title: string
    lead: string
    here: string
    alone: string
    unknownPlace: string
    since: string
    lastUsed: string
    end: string
    endThis: (values: { device: string }) => string
    endOthers: string
  }
  setPassword: {
    title: string
    lead: string
    button: string
  }
  newPassword: {
    title: string
    lead: string
    button: string
  }
  changePassword: {
    title: string
    lead: string
    button: string
  }
  profile: {
    title: string
    lead: string
    button: string
  }
  changeEmail: {
    title: string
    lead: (values: { email: string }) => string
    hint: string
    button: string
    pendingTitle: string
    pendingLead: (values: { email: string }) => string
    again: string
    cancel: string
  }
  confirmEmail: {
    title: string
    lead: string
    button: string
    logInFirst: string
    otherAccount: string
  }
  undoEmailChange: {
    title: string
    lead: string
    hint: string
    button: string
  }
  becomeAdministrator: {
    title: string
    logInFirst: string
    register: string
    lead: string
    hint: string
    button: string
    again: string
  }
  console: {
    row: string
    rowLead: string
    open: string
    openLabel: string
    navigation: string
    above: string
    overview: {
      title: string
      lead: string
      table: string
      day: string
      atLeast: (values: { count: string }) => string
      chart: (values: { series: string }) => string
      series: {
        registrations: string
        logins: string
        refusals: string
        factors: string
        resets: string
        emails: string
      }
      none: string
    }
    reasonHint: string
    verifiedHint: string
    cancel: string
    badges: {
      deleted: string
      disabled: string
      app: string
    }
    accounts: {
      title: string
      query: string
      queryHint: string
      state: string
      factor: string
      group: string
      any: string
      search: string
      states: {
        active: string
        disabled: string
        deleted: string
      }
      factors: {
        app: string
        passkey: string
        none: string
      }
      sortBy: string
      orders: {
        registered: string
        name: string
        address: string
      }
      registered: string
      first: string
      nobody: string
      noMore: string
      nobodyHint: string
      showAll: string
    }
    account: {
      acts: string
      profile: string
      waysIn: string
      devices: string
      emails: string
      activity: string
      state: string
      id: string
      dataDeletedAt: (values: { moment: string }) => string
      newPasswordRequired: string
      appSince: string
      codesLeft: (values: { left: number }) => string
      noPasskeys: string
      noDevices: string
      moreDevices: string
      noEmails: string
      emailStates: {
        sent: string
        failed: string
        waiting: string
        kept: string
      }
      noActivity: string
      allActivity: string
      because: string
      actors: {
        administrator: string
        command: string
        code: string
      }
    }
    acts: {
      'send-reset-link': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
      'copy-reset-link': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
      'verify-address': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
      'demand-new-password': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
      'reset-two-factor': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
      'end-sessions': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
      'end-session': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
      'remove-connection': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
      'set-name': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
      'set-address': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
      'join-group': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
      'leave-group': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
      'add-administrator': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
      'remove-administrator': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
      'disable-account': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
      'enable-account': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
      'delete-account': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
      'restore-account': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
      'create-key': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
      'revoke-key': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
      'create-account': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
      'send-email-again': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
      'create-group': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
      'describe-group': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
      'delete-group': {
        link: string
        title: string
        lead: string
        button: string
        done: string
      }
    }
    bulk: {
      title: string
      lead: string
      none: string
      select: (values: { name: string }) => string
      withSelected: string
      acts: {
        'disable-account': {
          choose: string
          name: string
          title: (values: { count: number }) => string
          lead: string
          button: (values: { count: number }) => string
        }
        'enable-account': {
          choose: string
          name: string
          title: (values: { count: number }) => string
          lead: string
          button: (values: { count: number }) => string
        }
        'join-group': {
          choose: string
          name: string
          title: (values: { count: number }) => string
          lead: string
          button: (values: { count: number }) => string
        }
      }
      toGroup: (values: { title: string; group: string }) => string
      progress: (values: { over: number; accounts: number }) => string
      unchanged: (values: { count: number }) => string
      noneToChange: string
      withMembers: (values: { group: string; count: number }) => string
      result: (values: { done: number; refused: number }) => string
      refresh: string
      underWay: string
      waiting: string
      done: string
      notDone: string
    }
    download: {
      title: string
      link: string
      choose: string
      chosen: (values: { count: number }) => string
      found: string
      all: string
      columns: string
      care: string
      button: string
    }
    refusals: {
      other: string
      'last-administrator': string
      disabled: string
      enabled: string
      deleted: string
      'not-deleted': string
      verified: string
      'no-second-factor': string
      closed: string
      'email-not-set-up': string
      'of-administrator': string
      'only-by-email': string
      'too-many-emails': string
      'too-many-groups': string
      administrator: string
      'no-administrator': string
      'no-session': string
      'no-connection': string
      'last-way-in': string
      'not-failed': string
      'email-over': string
      needed: string
      'own-account': string
      'none-selected': string
      'no-account': string
      'no-group': string
      member: string
      'too-late': string
      'not-allowed': string
    }
    keys: {
      title: string
      lead: string
      none: string
      made: string
      lastUsed: string
      neverUsed: string
      expires: (values: { moment: string }) => string
      states: {
        active: string
        expired: string
        revoked: string
      }
      revoke: string
      revokeThis: (values: { key: string }) => string
      nameHint: string
      may: string
      scopes: {
        'accounts:read': string
        'accounts:write': string
        'groups:read': string
        'groups:write': string
        'invitations:read': string
        'invitations:write': string
        'audit:read': string
      }
      daysHint: string
      onceTitle: string
      onceLead: (values: { key: string }) => string
    }
    resetLink: {
      title: string
      lead: (values: { life: string }) => string
    }
    invitations: {
      title: string
      lead: string
      create: string
      createLead: string
      emailHint: string
      groupsHint: (values: { groups: string }) => string
      noGroups: string
      usesHint: string
      daysHint: (values: { life: string }) => string
      button: string
      none: string
      anyone: string
      one: string
      made: string
      used: (values: { used: number; most: number }) => string
      expires: (values: { moment: string }) => string
      states: {
        open: string
        used: string
        expired: string
        revoked: string
      }
      revoke: string
      revokeThis: (values: { place: number; invitation: string }) => string
      linkTitle: string
      linkLead: string
    }
    emails: {
      title: string
      lead: string
      show: string
      none: string
      tries: (values: { tries: number }) => string
      failure: string
      again: string
      againLabel: (values: { email: string }) => string
    }
    activity: {
      title: string
      download: string
      downloadTitle: string
      downloadAll: string
      downloadFound: string
      downloadColumns: string
      account: string
      accountHint: string
      event: string
      eventHint: string
      outcome: string
      outcomes: {
        succeeded: string
        refused: string
        asked: string
      }
      gone: string
    }
    imports: {
      title: string
      lead: (values: { command: string }) => string
      none: string
      rows: (values: { rows: number }) => string
      someRows: (values: { rows: number; total: number }) => string
      imported: (values: { imported: number }) => string
      rejected: (values: { rejected: number }) => string
      rate: (values: { rate: number }) => string
      left: (values: { time: string }) => string
      progress: (values: { source: string }) => string
      again: string
      states: {
        running: string
        stopped: string
        finished: string
      }
    }
    settings: {
      title: string
      lead: string
      unset: string
      hidden: string
      sources: {
        flag: string
        environment: string
        file: string
        code: string
        default: string
      }
    }
    groups: {
      title: string
      lead: string
      members: string
      noMembers: string
      membersHint: string
      hints: {
        group: string
        description: string
      }
    }
  }
  reauthenticate: {
    title: string
    lead: string
    button: string
  }
  twoFactor: {
    title: string
    lead: string
    hint: string
    button: string
    trustHint: (values: { days: number }) => string
    useRecoveryCode: string
    useApp: string
    help: string
    recoveryTitle: string
    recoveryLead: string
    recoveryHint: string
    usePasskey: string
    passkeyTitle: string
    passkeyLead: string
    passkeyNeedsScript: string
  }
  twoFactorSettings: {
    title: string
    lead: string
    demanded: string
    besidePasskey: string
    scan: string
    qr: string
    orOpen: string
    orType: string
    enter: string
    button: string
    finish: string
    notVerified: string
    off: string
    on: string
    app: string
    since: string
    lastUsed: string
    neverUsed: string
    codes: string
    codesLeft: (values: { left: number; all: number }) => string
    seeCodes: string
    removeTitle: string
    removeLead: string
    remove: string
    removeAppTitle: string
    removeAppLead: string
    removeApp: string
  }
  recoveryCodes: {
    title: string
    lead: string
    once: string
    download: string
    copy: string
    copied: string
    saved: string
    left: (values: { left: number; all: number }) => string
    few: string
    renewLead: string
    renew: string
    fileName: string
    fileTitle: (values: { site: string }) => string
  }
  trustedDevices: {
    title: string
    lead: string
    since: string
    until: (values: { moment: string }) => string
    remove: string
    removeThis: (values: { device: string }) => string
    removeAll: string
  }
  reauthenticateByProvider: {
    title: string
    lead: string
    leadWithPasskey: string
  }
  reauthenticateByCode: {
    lead: string
    recoveryLead: string
  }
  verification: {
    title: string
    waitingLead: (values: { email: string }) => string
    gateHelp: string
    lead: string
    passwordLead: string
    notMine: string
    button: string
    doneTitle: string
    doneLead: string
  }
  invalidLink: {
    title: string
    lead: string
    verify: string
    start: string
    reserved: string
    email: string
    undo: string
    restore: string
  }
  noLinkHere: {
    title: string
    lead: string
    cookies: string
    otherwise: string
  }
  emailNotSetUp: {
    title: string
    lead: (values: { site: string }) => string
    ask: string
  }
  mailbox: {
    hint: string
    open: string
    title: string
    lead: string
    empty: string
    lockedTitle: string
    locked: string
    lockedFile: string
    to: string
    back: string
    previews: string
    previewsTitle: string
    previewsLead: string
    backToPreviews: string
    asText: string
    asHtml: string
    headers: string
    frame: string
  }
  api: {
    title: (values: { site: string }) => string
    lead: {
      whatItIs: string
      whoAsks: string
    }
    done: string
    seconds: string
    page: {
      document: string
      contents: string
      withoutSession: string
      withSession: string
      withKey: string
      sends: string
      answers: (values: { status: string }) => string
      nothing: string
      refusals: string
      optional: string
      needsKey: (values: { scope: string }) => string
    }
    fields: {
      deviceId: string
      deviceName: string
      isHere: string
      remember: string
      name: string
      next: string
      stepCode: string
      startPassword: string
      startAnswer: string
      startNewPassword: string
      lastingId: string
      groups: string
      customFields: string
      reauthenticatedAt: string
      methods: string
      authenticatedAt: string
      session: string
      loginTokenGiven: string
      loginToken: string
      linkToken: string
      invitedAddress: string
      accountId: string
      newToken: string
      moment: string
      code: string
      errors: string
      sent: string
      loggedIn: string
      token: string
      password: string
      factorMethods: string
      appCode: string
      recoveryCode: string
      recoveryCodes: string
      recoveryCodesIfFirst: string
      trust: string
      factorApp: string
      recoveryCodesMade: string
      setupKey: string
      setupUri: string
      setup: string
      trustedDeviceId: string
      trustedDevices: string
      pageBefore: string
      nextPage: string
      eventName: string
      eventOutcome: string
      passkeyId: string
      passkeyOptions: string
      passkeyChallengeToken: string
      passkeyAnswer: string
      passkeySynced: string
      passkeyAskedAfterPassword: string
      actReason: string
      deletesAt: string
      listQuery: string
      listGroup: string
      listState: string
      listOrder: string
      listLimit: string
      listCursor: string
      nextCursor: string
      findEmail: string
      newAccountPassword: string
      passwordHash: string
      emailVerified: string
      createdAt: string
      setEmail: string
      setFields: string
      sessionId: string
      connectionId: string
      providerOfConnection: string
      emailOfConnection: string
      groupName: string
      groupDescription: string
      actor: string
      recordReason: string
      recordNote: string
      invitationId: string
      invitedEmail: string
      invitationGroups: string
      invitationUses: string
      invitationExpires: string
      invitationLink: string
      providerCode: string
      codeVerifier: string
      createAccount: string
      providerName: string
      invitationOfNewcomer: string
    }
    operations: {
      getSession: {
        title: string
        lead: string
      }
      register: {
        title: string
        lead: string
      }
      registerWithPasskey: {
        title: string
        lead: string
      }
      startAccount: {
        title: string
        lead: string
      }
      startAccountPasskeyOptions: {
        title: string
        lead: string
      }
      registerByInvitation: {
        title: string
        lead: string
      }
      acceptInvitation: {
        title: string
        lead: string
      }
      logIn: {
        title: string
        lead: string
      }
      continueLogin: {
        title: string
        lead: string
      }
      cancelLogin: {
        title: string
        lead: string
      }
      logOut: {
        title: string
        lead: string
      }
      reauthenticate: {
        title: string
        lead: string
      }
      changePassword: {
        title: string
        lead: string
      }
      requestPasswordReset: {
        title: string
        lead: string
      }
      resetPassword: {
        title: string
        lead: string
      }
      sendVerification: {
        title: string
        lead: string
      }
      verifyEmail: {
        title: string
        lead: string
      }
      answerSecondFactor: {
        title: string
        lead: string
      }
      renewPassword: {
        title: string
        lead: string
      }
      getSecondFactors: {
        title: string
        lead: string
      }
      startTwoFactor: {
        title: string
        lead: string
      }
      confirmTwoFactor: {
        title: string
        lead: string
      }
      removeTwoFactor: {
        title: string
        lead: string
      }
      renewRecoveryCodes: {
        title: string
        lead: string
      }
      reauthenticateByCode: {
        title: string
        lead: string
      }
      listDevices: {
        title: string
        lead: string
      }
      endDevice: {
        title: string
        lead: string
      }
      endOtherDevices: {
        title: string
        lead: string
      }
      endTrustedDevice: {
        title: string
        lead: string
      }
      listActivity: {
        title: string
        lead: string
      }
      changeName: {
        title: string
        lead: string
      }
      exportData: {
        title: string
        lead: string
      }
      deleteAccount: {
        title: string
        lead: string
      }
      passkeyLoginOptions: {
        title: string
        lead: string
      }
      logInWithPasskey: {
        title: string
        lead: string
      }
      listPasskeys: {
        title: string
        lead: string
      }
      passkeyOptions: {
        title: string
        lead: string
      }
      addPasskey: {
        title: string
        lead: string
      }
      renamePasskey: {
        title: string
        lead: string
      }
      removePasskey: {
        title: string
        lead: string
      }
      askPasskeyAfterPassword: {
        title: string
        lead: string
      }
      secondFactorPasskeyOptions: {
        title: string
        lead: string
      }
      reauthenticationPasskeyOptions: {
        title: string
        lead: string
      }
      adminListAccounts: {
        title: string
        lead: string
      }
      adminGetAccount: {
        title: string
        lead: string
      }
      adminCreateAccount: {
        title: string
        lead: string
      }
      adminUpdateAccount: {
        title: string
        lead: string
      }
      adminDisableAccount: {
        title: string
        lead: string
      }
      adminEnableAccount: {
        title: string
        lead: string
      }
      adminDeleteAccount: {
        title: string
        lead: string
      }
      adminRestoreAccount: {
        title: string
        lead: string
      }
      adminVerifyAddress: {
        title: string
        lead: string
      }
      adminRequireNewPassword: {
        title: string
        lead: string
      }
      adminSendResetLink: {
        title: string
        lead: string
      }
      adminListSessions: {
        title: string
        lead: string
      }
      adminRevokeSession: {
        title: string
        lead: string
      }
      adminRevokeSessions: {
        title: string
        lead: string
      }
      adminListConnections: {
        title: string
        lead: string
      }
      adminRemoveConnection: {
        title: string
        lead: string
      }
      adminListGroups: {
        title: string
        lead: string
      }
      adminCreateGroup: {
        title: string
        lead: string
      }
      adminDescribeGroup: {
        title: string
        lead: string
      }
      adminDeleteGroup: {
        title: string
        lead: string
      }
      adminAddToGroup: {
        title: string
        lead: string
      }
      adminRemoveFromGroup: {
        title: string
        lead: string
      }
      adminListInvitations: {
        title: string
        lead: string
      }
      adminCreateInvitation: {
        title: string
        lead: string
      }
      adminRevokeInvitation: {
        title: string
        lead: string
      }
      adminListRecords: {
        title: string
        lead: string
      }
      logInWithProvider: {
        title: string
        lead: string
      }
    }
    key: string
  }
  accountDeletion: {
    title: string
    lead: string
    losses: {
      loggedOut: string
      noLogin: string
    }
    delay: (values: { days: string }) => string
    delayWithoutEmail: (values: { days: string }) => string
    atOnce: string
    exportFirst: string
    button: string
    keep: string
    doneLead: string
    doneHelp: (values: { days: string }) => string
    restoreTitle: string
    restoreLead: (values: { email: string }) => string
    restoreButton: string
  }
  notices: {
    'account-exists': string
    welcome: string
    'invitation-accepted': string
    'invitation-sent': string
    'invitation-revoked': string
    'logged-out': string
    'login-required': string
    'administrator-added': string
    'last-administrator': string
    'too-many-groups': string
    'confirm-first': string
    'login-over': string
    'login-cancelled': string
    'ended-elsewhere': string
    'ended-password-changed': string
    'ended-password-reset': string
    'ended-address-confirmed': string
    'ended-address-changed': string
    'ended-account-deletion-scheduled': string
    'ended-timed-out': string
    'password-added': string
    'password-changed': string
    'sent-again': string
    'asked-again': string
    'address-verified': (values: { email: string }) => string
    'address-verified-log-in': (values: { email: string }) => string
    'password-reset': string
    'name-changed': string
    'email-change-cancelled': string
    'email-changed': (values: { email: string }) => string
    'email-change-undone': (values: { email: string }) => string
    'device-ended': string
    'devices-ended': string
    'account-deletion-scheduled': string
    'account-deleted': string
    'account-restored': string
    'two-factor-added': string
    'two-factor-removed': string
    'two-factor-app-removed': string
    'recovery-codes-renewed': string
    'recovery-codes-few': string
    'trusted-device-removed': string
    'second-factor-first': string
    'too-many-codes': string
    'ended-by-site': string
    'ended-administrator-changed': string
    'ended-factor-changed': string
    'send-again': string
    'other-link': string
    'address-mended': (values: { email: string }) => string
    'passkey-refused': string
    'passkey-unknown': string
    'passkey-not-added': string
    'passkey-not-made': string
    'passkey-algorithm': string
    'passkey-exists': string
    'passkey-last-way-in': string
    'passkey-added': string
    'first-passkey-added': string
    'passkey-renamed': string
    'passkey-removed': string
    'passkey-choice-saved': string
    'first-passkey-asked': string
    'act-done': string
    'act-refused': string
    'connection-cancelled': (values: { provider: string }) => string
    'connection-away': (values: { provider: string }) => string
    'connection-wrong': (values: { provider: string }) => string
    'connection-over': (values: { provider: string }) => string
    'connection-not-allowed': (values: { provider: string }) => string
    'connection-refused': (values: { provider: string }) => string
    'connection-log-in-first': (values: { provider: string }) => string
    'connection-closed': (values: { provider: string }) => string
    'connection-no-address': (values: { provider: string }) => string
    'connection-unproved': (values: { provider: string }) => string
    'connection-added': (values: { provider: string }) => string
    'connection-exists': (values: { provider: string }) => string
    'connection-removed': string
    'connection-last-way-in': string
    'connection-other': (values: { provider: string }) => string
  }
  lost: {
    'not-arrived': string
    'not-saved': string
    kept: string
  }
  problems: {
    name: {
      empty: string
      'rate-limited': (values: { wait: string }) => string
      'too-long': string
      'control-characters': string
      'not-text': string
    }
    email: {
      empty: string
      form: string
      'local-not-ascii': string
      typo: (values: { meant: string }) => string
      'typo-kept': (values: { meant: string }) => string
      taken: string
      reserved: string
      'rate-limited': (values: { wait: string }) => string
      other: string
      credentials: string
      'not-text': string
    }
    password: {
      empty: string
      'too-short': (values: { least: number }) => string
      'too-long': string
      wrong: string
      'rate-limited': (values: { wait: string }) => string
      'not-text': string
      sequence: string
      personal: string
      common: string
      breached: string
    }
    current_password: {
      empty: string
      wrong: string
      'rate-limited': (values: { wait: string }) => string
      'not-text': string
    }
    new_password: {
      empty: string
      'too-short': (values: { least: number }) => string
      'too-long': string
      same: string
      'not-text': string
      sequence: string
      personal: string
      common: string
      breached: string
    }
    new_email: {
      empty: string
      form: string
      'local-not-ascii': string
      typo: (values: { meant: string }) => string
      same: string
      'rate-limited': (values: { wait: string }) => string
      'not-text': string
    }
    verification_email: {
      'rate-limited': (values: { wait: string }) => string
    }
    session: {
      'not-text': string
    }
    token: {
      empty: string
      'not-text': string
    }
    id: {
      empty: string
      'not-text': string
    }
    kept_email: {
      'not-text': string
    }
    meant_email: {
      'not-text': string
    }
    remember: {
      'not-text': string
    }
    code: {
      empty: string
      'too-short': string
      'too-long': string
      'not-digits': string
      'full-width': string
      wrong: string
      used: string
      clock: string
      'rate-limited': (values: { wait: string }) => string
      'not-text': string
    }
    recovery_code: {
      empty: string
      'too-short': string
      'too-long': string
      'not-digits': string
      wrong: string
      used: string
      'rate-limited': (values: { wait: string }) => string
      'not-text': string
    }
    setup: {
      empty: string
      'not-text': string
    }
    trust: {
      'not-text': string
    }
    trusted: {
      'not-text': string
    }
    return_to: {
      'not-text': string
    }
    login_token: {
      empty: string
      'not-text': string
    }
    others: {
      'not-text': string
    }
    action: {
      'not-text': string
    }
    remove: {
      'not-text': string
    }
    codes: {
      'not-text': string
    }
    saved: {
      'not-text': string
    }
    passkey_name: {
      empty: string
      'too-long': string
      'control-characters': string
      'not-text': string
    }
    passkey: {
      empty: string
      'not-text': string
    }
    after_password: {
      'not-text': string
    }
    asked_after_password: {
      'not-text': string
    }
    answer: {
      'not-text': string
      wrong: string
      'same-kind': string
      'rate-limited': (values: { wait: string }) => string
    }
    challenge_token: {
      'not-text': string
    }
    reason: {
      empty: string
      'not-text': string
    }
    account_name: {
      empty: string
      'too-long': string
      'control-characters': string
      same: string
      'not-text': string
    }
    account_email: {
      same: string
      form: string
      taken: string
      reserved: string
      'not-text': string
    }
    verified: {
      'not-text': string
    }
    group: {
      'no-group': string
      member: string
      'no-member': string
      'not-text': string
      empty: string
      form: string
      unknown: string
      taken: string
      'too-many': string
    }
    invited_email: {
      form: string
      'not-set-up': string
      'rate-limited': (values: { wait: string }) => string
      'not-text': string
    }
    groups: {
      'no-group': string
      administrators: string
      'too-many': string
      'not-text': string
      unknown: string
    }
    uses: {
      number: string
      one: string
      'not-text': string
    }
    invitation: {
      'not-text': string
    }
    key_name: {
      form: string
      taken: string
      'not-text': string
    }
    days: {
      number: string
      'not-text': string
    }
    scopes: {
      empty: string
    }
    account: {
      empty: string
      'not-text': string
    }
    description: {
      'too-long': string
      'not-text': string
    }
    password_hash: {
      form: string
      two: string
      'not-text': string
    }
    email_verified: {
      'not-text': string
    }
    fields: {
      'not-text': string
    }
    created_at: {
      form: string
      'not-text': string
    }
    expires_at: {
      form: string
      'not-text': string
    }
    connection: {
      'not-text': string
    }
    code_verifier: {
      'not-text': string
    }
    create: {
      'not-text': string
    }
  }
  refusals: {
    fields: string
    credentials: string
    'rate-limited': string
    'registration-closed': string
    'invitation-required': string
    'other-address': string
    'too-many-groups': string
    'login-required': string
    'login-over': string
    'reauthentication-required': string
    unverified: string
    'not-in-group': string
    'second-factor-required': string
    'second-factor-enrolment-required': string
    'new-password-required': string
    'second-factor-off': string
    'last-administrator': string
    'second-factor-exists': string
    'second-factor-missing': string
    'invalid-link': string
    'email-not-set-up': string
    'logged-in': string
    'two-credentials': string
    'cross-site-request': string
    unreadable: string
    'not-embedded': string
    'not-found': string
    'method-not-allowed': string
    'too-large': string
    'unknown-type': string
    'json-at-a-page': (values: { api: string }) => string
    failed: string
    'upstream-away': string
    'upstream-slow': string
    unavailable: string
    busy: string
    'passkey-refused': string
    'passkey-algorithm': string
    'passkey-exists': string
    'passkey-missing': string
    'passkey-not-askable': string
    'too-many-passkeys': string
    'last-way-in': string
    query: string
    'key-required': string
    'key-scope': string
    state: string
    'provider-refused': string
    'account-missing': string
  }
  failures: {
    unreadable: {
      title: string
      lead: string
    }
    'cross-site-request': {
      title: string
      lead: string
    }
    'not-embedded': {
      title: string
      lead: string
    }
    'not-in-group': {
      title: string
      lead: string
    }
    'not-found': {
      title: string
      lead: string
    }
    'method-not-allowed': {
      title: string
      lead: string
    }
    'too-large': {
      title: string
      lead: string
    }
    'unknown-type': {
      title: string
      lead: string
    }
    failed: {
      title: string
      lead: string
    }
    'upstream-away': {
      title: string
      lead: string
    }
    'upstream-slow': {
      title: string
      lead: string
    }
    unavailable: {
      title: string
      lead: string
    }
    busy: {
      title: string
      lead: string
    }
  }
  cookiesOff: {
    title: string
    lead: string
    again: string
  }
  notOurPage: {
    'another-site': {
      title: string
      lead: string
    }
    'hidden-source': {
      title: string
      lead: string
    }
    'no-source': {
      title: string
      lead: string
      again: string
    }
    'other-address': {
      title: string
      lead: string
    }
    open: (values: { address: string }) => string
    forDevelopers: (values: { seen: string; expected: string }) => string
  }
  headersTooLarge: {
    title: string
    lead: string
  }
  unparsed: {
    unreadable: string
    tooSlow: string
  }
  emails: {
    'verify-email': {
      subject: (values: { site: string }) => string
      why: (values: { site: string; email: string }) => string
      link: string
      howLong: (values: { life: string }) => string
      notYou: (values: { site: string }) => string
    }
    'start-account': {
      subject: (values: { site: string }) => string
      why: (values: { site: string; email: string }) => string
      link: string
      howLong: (values: { life: string }) => string
      notYou: string
    }
    invitation: {
      subject: (values: { site: string }) => string
      why: (values: { site: string; email: string }) => string
      link: string
      howLong: (values: { life: string }) => string
      notYou: string
    }
    'already-registered': {
      subject: (values: { site: string }) => string
      why: (values: { site: string; email: string }) => string
      link: string
      forgotten: string
      notYou: string
    }
    'invited-already-registered': {
      subject: (values: { site: string }) => string
      why: (values: { site: string; email: string }) => string
      link: string
      forgotten: string
      notYou: string
    }
    'reset-password': {
      subject: (values: { site: string }) => string
      why: (values: { email: string; site: string }) => string
      link: string
      howLong: (values: { life: string }) => string
      notYou: string
    }
    'password-reset': {
      subject: (values: { site: string }) => string
      why: (values: { email: string; site: string }) => string
      notYou: (values: { site: string }) => string
    }
    'password-changed': {
      subject: (values: { site: string }) => string
      why: (values: { email: string; site: string }) => string
      notYou: string
      reset: string
    }
    'password-added': {
      subject: (values: { site: string }) => string
      why: (values: { email: string; site: string }) => string
      notYou: string
      reset: string
    }
    'name-changed': {
      subject: (values: { site: string }) => string
      why: (values: { email: string; site: string; name: string }) => string
      whyWithoutName: (values: { email: string; site: string }) => string
      notYou: string
      reset: string
    }
    'confirm-email': {
      subject: (values: { site: string }) => string
      why: (values: { email: string; site: string }) => string
      link: string
      howLong: (values: { life: string }) => string
      notYou: string
    }
    'email-taken': {
      subject: (values: { site: string }) => string
      why: (values: { email: string; site: string }) => string
      notYou: string
    }
    'email-change-requested': {
      subject: (values: { site: string }) => string
      why: (values: { site: string; email: string; otherEmail: string }) => string
      whyWithoutOtherEmail: (values: { site: string; email: string }) => string
      notYou: string
      reset: string
    }
    'email-changed': {
      subject: (values: { site: string }) => string
      why: (values: { site: string; email: string; otherEmail: string }) => string
      whyWithoutOtherEmail: (values: { site: string; email: string }) => string
      link: string
      howLong: (values: { life: string }) => string
      notYou: (values: { email: string }) => string
      notYouWithoutLink: (values: { site: string }) => string
    }
    'email-change-undone': {
      subject: (values: { site: string }) => string
      why: (values: { site: string; otherEmail: string; email: string }) => string
      notYou: (values: { site: string }) => string
    }
    'new-device': {
      subject: (values: { site: string }) => string
      why: (values: { email: string; site: string }) => string
      notYou: string
      reset: string
    }
    'two-factor-added': {
      subject: (values: { site: string }) => string
      why: (values: { email: string; site: string }) => string
      notYou: (values: { site: string }) => string
    }
    'two-factor-removed': {
      subject: (values: { site: string }) => string
      why: (values: { email: string; site: string }) => string
      notYou: string
      reset: string
    }
    'two-factor-app-removed': {
      subject: (values: { site: string }) => string
      why: (values: { email: string; site: string }) => string
      notYou: string
      reset: string
    }
    'two-factor-reset': {
      subject: (values: { site: string }) => string
      why: (values: { site: string; email: string }) => string
      notYou: (values: { site: string }) => string
      reset: string
    }
    'administrator-added': {
      subject: (values: { site: string }) => string
      why: (values: { email: string; site: string }) => string
      notYou: (values: { site: string }) => string
      reset: string
    }
    'account-disabled': {
      subject: (values: { site: string }) => string
      why: (values: { site: string; email: string }) => string
      notYou: (values: { site: string }) => string
    }
    'account-enabled': {
      subject: (values: { site: string }) => string
      why: (values: { site: string; email: string }) => string
      notYou: (values: { site: string }) => string
    }
    'account-deleted-by-site': {
      subject: (values: { site: string }) => string
      why: (values: { site: string; email: string }) => string
      notYou: (values: { site: string }) => string
    }
    'account-restored': {
      subject: (values: { site: string }) => string
      why: (values: { site: string; email: string }) => string
      notYou: (values: { site: string }) => string
    }
    'address-set': {
      subject: (values: { site: string }) => string
      why: (values: { site: string; email: string; otherEmail: string }) => string
      whyWithoutOtherEmail: (values: { site: string; email: string }) => string
      notYou: (values: { site: string }) => string
    }
    'password-set': {
      subject: (values: { site: string }) => string
      why: (values: { site: string; email: string }) => string
      notYou: (values: { site: string }) => string
      reset: string
    }
    'password-demanded': {
      subject: (values: { site: string }) => string
      why: (values: { site: string; email: string }) => string
      notYou: (values: { site: string }) => string
      reset: string
    }
    'session-ended': {
      subject: (values: { site: string }) => string
      why: (values: { site: string; email: string }) => string
      notYou: (values: { site: string }) => string
      reset: string
    }
    'connection-taken': {
      subject: (values: { site: string }) => string
      why: (values: { site: string; provider: string; email: string }) => string
      notYou: (values: { site: string }) => string
      reset: string
    }
    'groups-changed': {
      subject: (values: { site: string }) => string
      why: (values: { site: string; email: string }) => string
      notYou: (values: { site: string }) => string
    }
    'sessions-ended': {
      subject: (values: { site: string }) => string
      why: (values: { site: string; email: string }) => string
      notYou: (values: { site: string }) => string
      reset: string
    }
    'administrator-removed': {
      subject: (values: { site: string }) => string
      why: (values: { email: string; site: string }) => string
      notYou: (values: { site: string }) => string
    }
    'two-factor-locked': {
      subject: (values: { site: string }) => string
      why: (values: { email: string; site: string }) => string
      notYou: string
      reset: string
    }
    'recovery-code-used': {
      subject: (values: { site: string }) => string
      why: (values: { email: string; site: string }) => string
      notYou: string
      reset: string
    }
    'recovery-codes-few': {
      subject: (values: { site: string }) => string
      why: (values: { email: string; site: string }) => string
      notYou: string
      reset: string
    }
    'recovery-codes-renewed': {
      subject: (values: { site: string }) => string
      why: (values: { email: string; site: string }) => string
      notYou: string
      reset: string
    }
    'account-deletion-scheduled': {
      subject: (values: { site: string }) => string
      why: (values: { email: string; site: string; life: string }) => string
      link: string
      howLong: string
      notYou: string
    }
    'account-deleted': {
      subject: (values: { site: string }) => string
      why: (values: { email: string; site: string }) => string
      notYou: (values: { site: string }) => string
    }
    'passkey-added': {
      subject: (values: { site: string }) => string
      why: (values: { email: string; site: string }) => string
      notYou: string
      reset: string
    }
    'passkey-removed': {
      subject: (values: { site: string }) => string
      why: (values: { email: string; site: string }) => string
      notYou: string
      reset: string
    }
    'passkey-renamed': {
      subject: (values: { site: string }) => string
      why: (values: { email: string; site: string }) => string
      notYou: string
      reset: string
    }
    'passkey-after-password-on': {
      subject: (values: { site: string }) => string
      why: (values: { email: string; site: string }) => string
      notYou: string
      reset: string
    }
    'passkey-after-password-off': {
      subject: (values: { site: string }) => string
      why: (values: { email: string; site: string }) => string
      notYou: string
      reset: string
    }
    'connection-added': {
      subject: (values: { site: string }) => string
      why: (values: { provider: string; email: string; site: string }) => string
      notYou: string
      reset: string
    }
    'connection-removed': {
      subject: (values: { site: string }) => string
      why: (values: { provider: string; email: string; site: string }) => string
      notYou: string
      reset: string
    }
  }
  customFieldProblems: {
    empty: (values: { label: string }) => string
    'too-long': (values: { label: string }) => string
    'control-characters': (values: { label: string }) => string
    'no-choice': (values: { label: string }) => string
    unticked: (values: { label: string }) => string
    'not-text': (values: { label: string }) => string
  }
  deviceNames: {
    browserOnSystem: (values: { browser: string; system: string }) => string
    someBrowserOnSystem: (values: { system: string }) => string
    unknown: string
    commandLine: string
    code: string
    app: (values: { device: string }) => string
  }
  moments: {
    justNow: string
    utc: (values: { moment: string }) => string
  }
  emailFrame: {
    greeting: (values: { name: string }) => string
    greetingWithoutName: string
    linkLead: string
    when: string
    device: string
    from: string
    stillWorks: string
    stillWorksWays: (values: { ways: string }) => string
    passkeys: (values: { count: number }) => string
    toAccount: (values: { site: string }) => string
    toStranger: (values: { site: string }) => string
    support: (values: { support: string }) => string
    notMonitored: string
  }
  passkeyButton: {
    notMade: string
    notUsed: string
    exists: string
  }
  passkeys: {
    title: string
    row: string
    rowAfterPassword: string
    see: string
    lead: string
    none: string
    add: string
    notVerified: string
    tooMany: string
    noDomain: string
    synced: string
    thisDeviceOnly: string
    made: string
    lastUsed: string
    neverUsed: string
    rename: string
    renameThis: (values: { name: string }) => string
    remove: string
    removeThis: (values: { name: string }) => string
    addTitle: string
    addLead: string
    addButton: string
    needsScript: string
    renameTitle: string
    renameLead: string
    renameButton: string
    removeTitle: string
    removeLead: string
    deviceKeeps: string
    removeButton: string
    back: string
    unnamed: string
    offer: {
      title: string
      lead: string
      accept: string
      decline: string
    }
    afterPassword: {
      title: string
      off: string
      on: string
      codesLeft: (values: { left: number; all: number }) => string
      seeCodes: string
      turnOn: string
      turnOff: string
      endsWithLast: string
    }
  }
  connections: {
    title: string
    lead: string
    row: string
    see: string
    none: string
    or: string
    continueWith: (values: { provider: string }) => string
    connect: (values: { provider: string }) => string
    connected: string
    lastUsed: string
    disconnect: string
    disconnectThis: (values: { provider: string; email: string }) => string
    newTitle: string
    newLead: (values: { provider: string; site: string; email: string }) => string
    haveAccount: string
  }
}
