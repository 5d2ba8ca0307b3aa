// Bytes as they stand in JSON (RFC 4648, section 5), and the passkeys that a question names.

export interface NamedPasskey {
  id: string
  type: 'public-key'
  transports?: AuthenticatorTransport[]
}

export function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const base64 = base64url.replaceAll('-', '+').replaceAll('_', '/')
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

export function text(buffer: ArrayBuffer): string {
  const base64 = btoa(String.fromCharCode(...new Uint8Array(buffer)))
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** As the browser takes them. */
export const named = (all: NamedPasskey[] = []) => all.map((one) => ({ ...one, id: bytes(one.id) }))
