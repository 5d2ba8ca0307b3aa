// What a passkey needs is a file of its own: loaded where the page has a use for one and the browser knows what it is.

const isKnown = 'PublicKeyCredential' in window

/** A button that only such a browser gets: it sends the form to another address. */
function offerAt(place: HTMLElement): void {
  const button = document.createElement('button')
  button.className = 'button plain'
  button.formAction = place.dataset.action ?? ''
  button.textContent = place.dataset.label ?? ''
  place.replaceWith(button)
}
if (isKnown) document.querySelectorAll<HTMLElement>('[data-passkey-offer]').forEach(offerAt)

const isWanted = document.querySelector('[data-passkey],[data-passkey-signals]') !== null
if (isWanted && isKnown) void import('./passkeys.ts')

export {}
