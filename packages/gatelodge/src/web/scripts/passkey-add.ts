// A passkey is made: the library's, which knows what browsers and password managers do wrong there.
import { type PublicKeyCredentialCreationOptionsJSON, startRegistration } from '@simplewebauthn/browser'

/** @throws {Error} `InvalidStateError`: this authenticator has one; others: none was made. */
export function add(optionsJSON: PublicKeyCredentialCreationOptionsJSON): Promise<object> {
  return startRegistration({ optionsJSON })
}
