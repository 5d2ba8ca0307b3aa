// What a whole request is refused with: a title for programs, a page for people.

/** Titles of problem+json, by code. */
export const refusals = {
  fields: 'Some fields are not right',
  credentials: 'Email or password is not right',
  'rate-limited': 'Too many attempts. Wait as long as Retry-After says.',
  'registration-closed': 'Registration is closed',
  'login-required': 'Log in to continue',
  'login-over': 'The log-in under way is over; log in again',
  'reauthentication-required': 'Confirm your password to continue',
  unverified: 'The email address is not verified',
  'invalid-link': 'The link was used, replaced, has expired or is incomplete',
  'email-not-set-up': 'Email is not set up',
  'logged-in': 'You are already logged in',
  'two-credentials': 'Send the session cookie or a bearer token, not both',
  'cross-site-request': 'The request did not come from this site',
  unreadable: 'The request body could not be read',
  'not-embedded': 'This address is for pages and programs, not for parts of a page',
  'not-found': 'Not found',
  'method-not-allowed': 'This address does not accept that method',
  'too-large': 'The request body is too large',
  'unknown-type': 'This address does not accept that type of request body',
  'json-at-a-page': 'This address is a page and takes forms only. Programs send JSON to {api}.',
  failed: 'Something went wrong on our side',
  'upstream-away': 'The app cannot be reached. Try again shortly.',
  'upstream-slow': 'The app did not answer in time. Try again shortly.',
  unavailable: 'The database is not available. Try again shortly.',
  busy: 'The service is busy. Try again shortly.',
} as const

/** A heading and what to do, by code. */
export const failures = {
  unreadable: [
    'The form did not arrive completely',
    'Nothing was changed. Go back, check what you typed and send it again.',
  ],
  'cross-site-request': [
    'You cannot send this from here',
    'The request did not come from this site’s own pages, so nothing has been done. Open the page here and send it again.',
  ],
  'not-embedded': ['This page cannot be shown inside another', 'Open it in its own window.'],
  'not-found': ['Page not found', 'Check the address for typing mistakes, or go to the front page.'],
  'method-not-allowed': ['This page cannot be used like that', 'Open it from a link or in the address bar.'],
  'too-large': ['The form is too large', 'Nothing was changed. Go back, shorten what you typed and send it again.'],
  'unknown-type': [
    'This form cannot be read',
    'Nothing was changed. Open the page in a browser and send it from there.',
  ],
  failed: ['There is a problem on our side', 'Nothing you typed was wrong. Try again in a moment.'],
  'upstream-away': [
    'This page is temporarily unavailable',
    'This part of the site does not respond. Try again shortly.',
  ],
  'upstream-slow': [
    'This page took too long',
    'This part of the site did not respond in time. Before you try again, check whether what you sent has arrived.',
  ],
  unavailable: [
    'This page is temporarily unavailable',
    'The site cannot reach its database right now. Nothing is lost: try again shortly.',
  ],
  busy: ['The site is busy', 'Nothing is lost. Wait a few seconds and try again.'],
} as const

/** A form that did not come from our own pages, by what was seen. Where there is another page to go on from, it says so. */
export const notOurPage = {
  'another-site': failures['cross-site-request'],
  'hidden-source': [
    'Your browser hides where this form came from',
    'Nothing has been done. A browser extension, a privacy setting or a proxy removed what shows that the form came from this site. Switch it off for this site, open the page again and send the form once more.',
  ],
  'other-address': [
    'This is not the address of this site',
    'Nothing has been done. You opened the page at another address than this site’s own. Open it at the address below and send it again.',
  ],
  open: (address: string) => `Open ${address}`,
  forDevelopers: (seen: string, expected: string) =>
    `In development: the form came from ${seen}, and the base URL is ${expected}. Open the base URL, or set baseUrl (GATELODGE_BASE_URL) to the address that you open.`,
} as const

/** Before there is a request, so there is only this page, whatever was asked for. */
export const headersTooLarge = {
  title: 'Your browser sent too much at once',
  lead: 'Nothing has been done. Your browser keeps too many cookies for this site, or the address is too long. Delete the cookies of this site, then start at the front page.',
} as const

/** What cannot be read as a request of HTTP gets these words, as plain text. */
export const unparsed = {
  unreadable: 'This request cannot be read.',
  tooSlow: 'This request did not arrive in time. Send it again.',
} as const
