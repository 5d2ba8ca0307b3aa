// What programs can ask for, in words for the people who write them.

export const api = {
  title: (site: string) => `The API of ${site}`,
  lead: [
    'What the pages do, as JSON, but for a change of the address and the way back after a deletion: the same rules, the same limits, the same record. A POST takes a JSON body, an empty one is {}. What goes wrong comes as application/problem+json (RFC 9457) with a code that stays as it is.',
    'A browser on a page of this site logs in with the cookie. An app asks for "session": "bearer", gets a token in the answer, once, and sends it as Authorization: Bearer. It stands among the devices of its owner, and can be ended there.',
  ],
  done: 'All is well.',
  seconds: 'Seconds to wait.',
  page: {
    document: 'The same for programs: OpenAPI 3.1',
    contents: 'All operations',
    needsSession: 'For someone who is logged in.',
    sends: 'You send',
    answers: (status: string) => `You get, with ${status}`,
    nothing: 'Nothing but the status.',
    refusals: 'It may be refused with',
    optional: 'or left out',
  },
  /** A heading, and what it does. */
  operations: {
    getSession: ['Who is logged in', 'The account and the session that the request came with.'],
    register: ['Register', 'Makes an account and logs in, or says what is to be done first.'],
    startAccount: ['Start the account', 'Takes the link of the email, where registration is by email.'],
    logIn: ['Log in', 'One answer for an unknown address, a wrong password and a disabled account.'],
    continueLogin: [
      'Continue a log-in',
      'For a log-in that must pass a step first, once it is passed. Its login_token works once, within an hour at most.',
    ],
    cancelLogin: ['Cancel a log-in', 'Its login_token is worthless at once.'],
    logOut: ['Log out', 'The token is dead at once. Without a session nothing happens.'],
    reauthenticate: [
      'Confirm the password',
      'Needed before devices are ended, where it was not typed within ten minutes. The session goes on under a new token.',
    ],
    changePassword: ['Change the password', 'All other sessions end. This one goes on under a new token.'],
    requestPasswordReset: [
      'Ask for a link to set a new password',
      'One answer, whether or not anyone has the address.',
    ],
    resetPassword: ['Set a new password by link', 'All sessions end. It logs nobody in.'],
    sendVerification: [
      'Send the email that confirms the address again',
      'The link in the one before is worth nothing.',
    ],
    verifyEmail: [
      'Confirm the address by link',
      'Where the account was not used before, the password is asked as well, and logs in.',
    ],
    listDevices: ['List the devices', 'Where the account is logged in: browsers and apps. This one is the first.'],
    endDevice: ['Log out a device', 'Needs a password that was typed within ten minutes.'],
    endOtherDevices: ['Log out all other devices', 'Needs a password that was typed within ten minutes.'],
    changeName: ['Change the name', 'An email tells of it.'],
    exportData: ['Export all that is stored', 'The document that people can download, as a stream.'],
    deleteAccount: [
      'Delete the account',
      'It is closed at once. An email holds the way back, for as long as there is one.',
    ],
  },
} as const
