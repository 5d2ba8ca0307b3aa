// A passkey is made: what the site said in JSON becomes what the browser takes, and back. Only what the site reads of it:
// @simplewebauthn/browser, which reports much more, is seven times as long.
import { bytes, type NamedPasskey, named, text } from './base64url.ts'

interface Options extends Omit<PublicKeyCredentialCreationOptions, 'challenge' | 'user' | 'excludeCredentials'> {
  challenge: string
  user: { id: string; name: string; displayName: string }
  excludeCredentials?: NamedPasskey[]
}

/** @throws {DOMException} `InvalidStateError`: this authenticator has one; `NotAllowedError` and others: none was made. */
export async function add(
  { challenge, user, excludeCredentials, ...rest }: Options,
  signal: AbortSignal,
): Promise<object> {
  const publicKey = {
    ...{ ...rest, challenge: bytes(challenge), user: { ...user, id: bytes(user.id) } },
    excludeCredentials: named(excludeCredentials),
  }
  const credential = await navigator.credentials.create({ publicKey, signal })
  const { id, type, response } = credential as PublicKeyCredential
  const made = response as AuthenticatorAttestationResponse
  return {
    ...{ id, rawId: id, type },
    response: {
      clientDataJSON: text(made.clientDataJSON),
      attestationObject: text(made.attestationObject),
      // Extensions of browsers that answer in their place leave it out.
      transports: made.getTransports?.(),
    },
  }
}
