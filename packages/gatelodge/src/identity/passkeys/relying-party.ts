// Who asks for a passkey: the domain and the origins, from the settings alone and never from a request.
import type { Settings } from '../../config/schema.ts'

export interface RelyingParty {
  /** The domain that passkeys are made for. */
  id: string
  name: string
  /** Where they may be used: this site, and those that `passkeyOrigins` names. */
  origins: string[]
}

export function relyingPartyOf({
  baseUrl,
  siteName,
  passkeyOrigins,
}: Pick<Settings, 'baseUrl' | 'siteName' | 'passkeyOrigins'>): RelyingParty {
  return { id: new URL(baseUrl).hostname, name: siteName, origins: [baseUrl, ...passkeyOrigins] }
}
