// A real provider for the states that come back from one. It starts when a state first needs it.
import type { ConnectionInput } from '../../../src/config/connections.ts'
import { freePort } from '../mysql-server.ts'
import { type OpenidProvider, startOpenidProvider } from '../openid-provider.ts'

/** A site has to know it at its start. */
const port = await freePort()

export const work: ConnectionInput = {
  ...{ name: 'work', label: 'Acme', issuer: `http://127.0.0.1:${port}`, trusted: true },
  ...{ clientId: 'gatelodge', clientSecret: 'the-secret-of-the-client' },
}

let provider: Promise<OpenidProvider> | undefined

export async function startWorkProvider(): Promise<void> {
  provider ??= startOpenidProvider(port)
  await provider
}
