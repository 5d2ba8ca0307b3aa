// A passkey is asked for: what the site said in JSON becomes what the browser takes, and back.
import { bytes, type NamedPasskey, named, text } from './base64url.ts'

interface Options {
  challenge: string
  rpId: string
  allowCredentials?: NamedPasskey[]
}

/** @throws {DOMException} `AbortError` where another question took its place; `NotAllowedError` and others: none was used. */
export async function use(
  { challenge, allowCredentials, ...rest }: Options,
  signal: AbortSignal,
  mediation?: CredentialMediationRequirement,
): Promise<object> {
  const publicKey = { ...rest, challenge: bytes(challenge), allowCredentials: named(allowCredentials) }
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
