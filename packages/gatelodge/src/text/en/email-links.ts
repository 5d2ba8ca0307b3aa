// What pages say about emails and their links; the words of the emails themselves are in `emails.ts`.

export const emailLinks = {
  verification: {
    title: 'Verify your email address',
    waitingLead: (email: string) => `We sent an email to ${email}. Open the link in it.`,
    waitingHelp: 'Not there after a few minutes? Check your spam folder.',
    gateHelp: 'You can log in when the address is verified.',
    sendAgain: 'Send the email again',
    pause: (wait: string) => `You can send it again in ${wait}.`,
    lead: 'Verify that this address is yours:',
    passwordLead: 'You are not logged in here. For your security, enter the password of this account.',
    notMine: 'I do not know this password',
    button: 'Verify this address',
    doneTitle: 'Your email address is verified',
    doneLead: 'You do not need to do anything else.',
    otherAddress: 'Use another address',
  },
  invalidLink: {
    title: 'This link no longer works',
    lead: 'It was already used, replaced by a newer one, has expired, or is incomplete.',
    verify: 'Log in to request a new one.',
    start: 'Create the account again to get a new one.',
    reserved:
      'This address was used by another account a few days ago and is reserved for it. Use another address, or try again in a few days.',
    email: 'Log in to request the change again.',
    undo: 'If someone else has access to your account, contact this site for help.',
    restore: 'If you still cannot log in, contact this site for help.',
  },
  noLinkHere: {
    title: 'Open the link in the email',
    lead: 'This page works only in the browser that opened the link, and for one hour. Open the link in the email again, in this browser.',
    cookies:
      'If you come back to this page, this browser keeps no cookies for this site. Allow them, then open the link again.',
    otherwise: 'If you have already done what the link was for, you are finished here.',
  },
  emailNotSetUp: {
    title: 'Email is not set up',
    lead: (site: string) => `${site} is not set up to send emails, so this is not available.`,
    ask: 'Contact the site for help.',
  },
  mailbox: {
    hint: 'In development, emails are not sent:',
    open: 'open the mailbox',
    title: 'Mailbox',
    lead: 'The emails that would have been sent, newest first. Only in development.',
    empty: 'No emails yet.',
    lockedTitle: 'The mailbox needs its key',
    locked: 'Open it with the link that was printed when the site started. This browser then remembers the key.',
    lockedFile: 'The key also stands in the file mailbox-key in the data folder. Add it to this address, behind ?key=.',
    to: 'To',
    back: 'All emails',
    asText: 'As text',
    asHtml: 'As HTML',
    headers: 'Headers',
    frame: 'The email as an email program shows it',
  },
} as const
