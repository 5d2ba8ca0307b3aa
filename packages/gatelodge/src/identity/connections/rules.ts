// Providers that people log in with: what each is asked, and which of its people have an account here. Knows no HTTP of ours.
import { type ConnectionSetting, presets } from '../../config/connections.ts'
import type { Settings } from '../../config/schema.ts'
import { providersOf } from '../../config/settings/connections.ts'
import type { Log } from '../../log.ts'
import type { Clock } from '../../time.ts'
import { newToken } from '../sealing.ts'
import { githubProvider } from './github.ts'
import { missingGroups, type NoteMissingGroup } from './missing-groups.ts'
import { openidProvider } from './openid.ts'
import type { Profile } from './profile.ts'
import { type AskedProvider, type Failure, failed, type Provider, type Ties } from './provider.ts'
import { connectionRows } from './storage.ts'

export interface ProviderConnections {
  /** In the order of their buttons. */
  settings: ConnectionSetting[]
  /** @returns undefined where the site has none of that name. */
  find(name: string): ConnectionSetting | undefined
  /** @param redirect where the provider sends the browser back to. @returns where the browser goes now. */
  begin(name: string, redirect: URL): Promise<{ kind: 'begun'; url: URL; ties: Ties } | Failure>
  /** @param answered the address that it came back to, as the browser has it. */
  finish(name: string, asked: AskedProvider, answered: URL): Promise<{ kind: 'profile'; profile: Profile } | Failure>
  /** The mapping of a provider names a group that does not exist. */
  noteMissingGroup: NoteMissingGroup
  rows: typeof connectionRows
}

/** Of all providers together: each question holds a connection of ours and some memory until it is answered. */
const mostAtOnce = 50

export function createConnections(
  settings: Pick<Settings, 'connections'> & Parameters<typeof providersOf>[0],
  clock: Clock,
  log: Pick<Log, 'warn'>,
): ProviderConnections {
  const all = providersOf(settings)
  const providers = new Map<string, Provider>(
    all.map((one) => [one.name, one.kind === 'github' ? githubProvider(one) : openidProvider(one, clock)]),
  )
  let asking = 0
  async function ask<T>(name: string, question: (provider: Provider) => Promise<T | Failure>): Promise<T | Failure> {
    const provider = providers.get(name)
    if (!provider) return failed('wrong', 'no such provider')
    if (asking >= mostAtOnce) return failed('away', 'too many at once')
    asking += 1
    try {
      return await question(provider)
    } finally {
      asking -= 1
    }
  }
  return {
    settings: all,
    find: (name) => all.find((one) => one.name === name),
    begin: (name, redirect) =>
      ask(name, async (provider) => {
        const ties = { state: newToken(), nonce: newToken(), verifier: newToken() }
        const address = await provider.address({ ties, redirect })
        return address.kind === 'address' ? { kind: 'begun' as const, url: address.url, ties } : address
      }),
    finish: (name, asked, answered) => ask(name, (provider) => provider.profile(asked, answered)),
    noteMissingGroup: missingGroups(log, clock),
    rows: connectionRows,
  }
}

/** Whose mark stands on the button: one that comes with us, or none. */
export function markOf({ kind }: ConnectionSetting): keyof typeof presets | undefined {
  return kind in presets ? (kind as keyof typeof presets) : undefined
}
