// What a passkey needs is a file of its own: loaded where the page has a use for one and the browser knows what it is.

const isKnown = 'PublicKeyCredential' in window

/** What only such a browser is offered. */
if (isKnown)
  for (const offer of document.querySelectorAll<HTMLTemplateElement>('template[data-passkey-offer]'))
    offer.replaceWith(offer.content)

const isWanted = document.querySelector('[data-passkey],[data-passkey-signals]') !== null
if (isWanted && isKnown) void import('./passkeys.ts')

export {}
