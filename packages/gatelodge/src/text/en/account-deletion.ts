// Deleting an account, and coming back.

export const accountDeletion = {
  title: 'Delete your account',
  lead: 'This is what happens when you do:',
  losses: ['You are logged out everywhere, at once.', 'Nobody can log in to the account any more.'],
  delay: (days: string) =>
    `After ${days} your name, your addresses and everything else we keep about you are removed. Until then a link that we send you brings the account back.`,
  delayWithoutEmail: (days: string) =>
    `After ${days} your name, your addresses and everything else we keep about you are removed.`,
  atOnce: 'Your name, your addresses and everything else we keep about you are removed. There is no way back.',
  exportFirst: 'Download your data first',
  button: 'Delete my account',
  keep: 'Keep my account',
  doneTitle: 'Goodbye',
  doneLead: 'You are logged out everywhere.',
  doneHelp: (days: string) => `We have sent you an email with a way back. It works for ${days}.`,
  restoreTitle: 'Keep your account?',
  restoreLead: (email: string) => `The account ${email} is closed. You can have it back as it was.`,
  restoreButton: 'Keep my account',
} as const
