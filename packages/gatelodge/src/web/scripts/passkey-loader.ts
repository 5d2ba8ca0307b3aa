// What a passkey needs is a file of its own: loaded where the page has a use for one and the browser knows what it is.

const isWanted = document.querySelector('[data-passkey],[data-passkey-signals]') !== null
if (isWanted && 'PublicKeyCredential' in window) void import('./passkeys.ts')

export {}
