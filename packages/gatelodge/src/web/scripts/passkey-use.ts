// A passkey is asked for: what the site said in JSON becomes what the browser takes, and back. Ours, because the log-in page
// loads it, and the library is three times as long.

interface Options {
  challenge: string
  rpId: string
  allowCredentials?: { id: string; type: 'public-key'; transports?: AuthenticatorTransport[] }[]
}

/** @throws {DOMException} `AbortError` where another question took its place; `NotAllowedError` and others: none was used. */
export async function ask(
  { challenge, allowCredentials = [], ...rest }: Options,
  signal: AbortSignal,
  mediation?: CredentialMediationRequirement,
): Promise<object> {
  const allowed = allowCredentials.map((one) => ({ ...one, id: bytes(one.id) }))
  const publicKey = { ...rest, challenge: bytes(challenge), allowCredentials: allowed }
  const credential = await navigator.credentials.get({ publicKey, signal, ...(mediation && { mediation }) })
  const { id, type, response } = credential as PublicKeyCredential
  const { clientDataJSON, authenticatorData, signature, userHandle } = response as AuthenticatorAssertionResponse
  return {
    ...{ id, rawId: id, type },
    response: {
      clientDataJSON: text(clientDataJSON),
      authenticatorData: text(authenticatorData),
      signature: text(signature),
      userHandle: userHandle && text(userHandle),
    },
  }
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const base64 = base64url.replaceAll('-', '+').replaceAll('_', '/')
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

function text(buffer: ArrayBuffer): string {
  const base64 = btoa(String.fromCharCode(...new Uint8Array(buffer)))
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}
