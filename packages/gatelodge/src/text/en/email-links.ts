// What pages say about emails and their links; the words of the emails themselves are in `emails.ts`.

export const emailLinks = {
  verification: {
    title: 'Confirm your email address',
    waitingLead: (email: string) => `We have sent an email to ${email}. Open the link in it.`,
    waitingHelp: 'If nothing comes within a few minutes, look in your spam folder.',
    gateHelp: 'You can log in once the address is confirmed.',
    sendAgain: 'Send the email again',
    pause: (wait: string) => `You can send it again in ${wait}.`,
    lead: 'Confirm that emails reach you at this address:',
    passwordLead:
      'You are not logged in here. Enter the password of this account, so that nobody else can use the link.',
    notMine: 'I do not know this password',
    button: 'Confirm this address',
    doneTitle: 'This address is confirmed',
    doneLead: 'There is nothing left to do.',
    otherAddress: 'Use another address',
  },
  invalidLink: {
    title: 'This link does not work any more',
    lead: 'It was used before, a newer one replaced it, its time is up, or part of it was lost on the way.',
    verify: 'Log in, and have a new one sent.',
    start: 'Register again, and we send you a new one.',
    reserved:
      'For a few days an account that has left this address can take it back. Register again after that, or use another address.',
    email: 'Log in, and ask for the change again.',
    undo: 'If someone else has your account, the people who run this site can help.',
    restore: 'If your account is still closed, the people who run this site can help.',
  },
  noLinkHere: {
    title: 'Open the link in the email',
    lead: 'This page works only in the browser that opened the link, and for one hour. Open the link in the email again, in this browser.',
    cookies:
      'If you come back to this page, this browser keeps no cookies for this site. Allow them, then open the link again.',
    otherwise: 'If you have already done what the link was for, you are finished here.',
  },
  emailNotSetUp: {
    title: 'This site sends no emails',
    lead: (site: string) => `${site} is not set up to send emails, so this cannot be done here.`,
    ask: 'Ask the people who run it for help.',
  },
  mailbox: {
    hint: 'No email leaves this machine while you develop:',
    open: 'open the mailbox',
    title: 'Mailbox',
    lead: 'The emails that would have been sent, the newest first. Only in development.',
    empty: 'No email has been written yet.',
    lockedTitle: 'The mailbox needs its key',
    locked: 'Open it with the link that was printed when the site started. This browser then remembers the key.',
    lockedFile: 'The key also stands in the file mailbox-key in the data folder. Add it to this address, behind ?key=.',
    to: 'To',
    back: 'All emails',
    asText: 'As text',
    asHtml: 'As HTML',
    headers: 'Headers',
    frame: 'The email as a mail program shows it',
  },
} as const
