// Deleting an account, and coming back.

export const accountDeletion = {
  title: 'Delete your account',
  lead: 'If you delete your account:',
  losses: ['You are logged out on all devices immediately.', 'Nobody can log in to the account.'],
  delay: (days: string) =>
    `After ${days} we delete your name, your addresses and all other data about you. Until then you can restore the account with a link that we send you.`,
  delayWithoutEmail: (days: string) =>
    `After ${days} we delete your name, your addresses and all other data about you.`,
  atOnce: 'We delete your name, your addresses and all other data about you. This cannot be undone.',
  exportFirst: 'Download your data first',
  button: 'Delete my account',
  keep: 'Keep my account',
  doneTitle: 'Account deleted',
  doneLead: 'You are logged out on all devices.',
  doneHelp: (days: string) => `We sent you an email with a link to restore your account. It works for ${days}.`,
  restoreTitle: 'Restore your account?',
  restoreLead: (email: string) => `The account ${email} will be deleted. You can restore it as it was.`,
  restoreButton: 'Restore my account',
} as const
