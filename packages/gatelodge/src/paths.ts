// Every address of ours, as a person or a program writes it.

export const paths = {
  home: '/',
  register: '/register',
  registerSent: '/register/sent',
  startAccount: '/register/start',
  registerPasskey: '/register/passkey',
  login: '/login',
  continueLogin: '/login/continue',
  connect: '/login/with',
  connections: '/account/connections',
  cancelLogin: '/login/cancel',
  passkeyLogin: '/login/passkey',
  twoFactor: '/two-factor',
  twoFactorSetUp: '/two-factor/set-up',
  newPassword: '/new-password',
  logout: '/logout',
  verifyEmail: '/verify-email',
  confirmVerification: '/verify-email/confirm',
  forgotPassword: '/forgot-password',
  forgotPasswordSent: '/forgot-password/sent',
  resetPassword: '/reset-password',
  account: '/account',
  profile: '/account/profile',
  changeEmail: '/account/email',
  changePassword: '/account/password',
  devices: '/account/devices',
  activity: '/account/activity',
  twoFactorSettings: '/account/two-factor',
  recoveryCodes: '/account/recovery-codes',
  passkeys: '/account/passkeys',
  addPasskey: '/account/passkeys/add',
  passkeyOffer: '/account/passkeys/offer',
  renamePasskey: '/account/passkeys/rename',
  removePasskey: '/account/passkeys/remove',
  export: '/account/export',
  deleteAccount: '/account/delete',
  confirmEmail: '/confirm-email',
  undoEmailChange: '/undo-email-change',
  restoreAccount: '/restore-account',
  accountDeletion: '/account-deleted',
  becomeAdministrator: '/become-administrator',
  invitation: '/invitation',
  consoleInvitations: '/admin/invitations',
  consoleNewInvitation: '/admin/invitations/new',
  console: '/admin',
  consoleAccounts: '/admin/accounts',
  consoleSelected: '/admin/accounts/selected',
  consoleAccountsDownload: '/admin/accounts/download',
  consoleBulkActs: '/admin/accounts/bulk-acts',
  consoleEmails: '/admin/emails',
  consoleActivity: '/admin/activity',
  consoleActivityDownload: '/admin/activity/download',
  consoleImports: '/admin/imports',
  consoleSettings: '/admin/settings',
  consoleGroups: '/admin/groups',
  consoleGroup: '/admin/groups/one',
  consoleNewAccount: '/admin/accounts/create-account',
  consoleKeys: '/admin/keys',
  consoleNewKey: '/admin/keys/new',
  consoleMadeKey: '/admin/keys/made',
  consoleRevokeKey: '/admin/keys/revoke',
  reauthenticate: '/reauthenticate',
  wellKnownChangePassword: '/.well-known/change-password',
  wellKnownPasskeys: '/.well-known/passkey-endpoints',
  wellKnownOrigins: '/.well-known/webauthn',
  keys: '/.well-known/jwks.json',
  alive: '/health/alive',
  ready: '/health/ready',
  forwardAuth: '/forward-auth',
  authRequest: '/auth-request',
  favicon: '/favicon.ico',
  mailbox: '/dev/mailbox',
  emailPreviews: '/dev/mailbox/previews',
  apiReference: '/api',
  apiWithoutSession: '/api/without-session',
  apiWithSession: '/api/with-session',
  apiWithKey: '/api/with-key',
  apiDocument: '/api/openapi.json',
} as const

/** Where programs ask. */
export const apiPath = '/api/v1'

/** Where the script of a page asks what to hand to the browser, before it sends the answer to that address itself. */
export const optionsOf = (path: string) => `${path}/options`

/** The login (or registration) page that leads back to where someone wanted to go. */
export function withReturn(path: string, returnTo: string | undefined): string {
  return returnTo ? `${path}?return_to=${encodeURIComponent(returnTo)}` : path
}

/** The page of a proof, for one way of several. */
export function withProof(path: string, by: 'passkey' | 'recovery-code'): string {
  return `${path}${path.includes('?') ? '&' : '?'}by=${by}`
}

/** In the query of the login page: a form was sent to an app behind a proxy, and did not arrive. Anyone may write it there. */
export const notArrived = 'not_arrived'

/** The addresses of one provider. */
export const providerPaths = {
  /** Where a visitor goes to log in with it. */
  start: (provider: string) => `${paths.connect}/${provider}`,
  /** Where it sends the browser back to: its own settings name this address. */
  callback: (provider: string) => `${paths.connect}/${provider}/callback`,
  /** Where someone whom nobody here knows gets an account. */
  register: (provider: string) => `${paths.connect}/${provider}/register`,
  /** Where an account is connected with it. */
  add: (provider: string) => `${paths.connections}/add/${provider}`,
  /** Where an owner who has nothing else proves with it who they are. */
  prove: (provider: string) => `${paths.connections}/prove/${provider}`,
}
