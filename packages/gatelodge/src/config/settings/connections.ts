// Other ways to log in: Google, GitHub and others.
import { z } from 'zod'
import { appAddressList } from '../addresses.ts'
import { type ConnectionSetting, connectionList, fromPair, presets } from '../connections.ts'
import { isOneLine, oneLine, oneOf } from '../values.ts'

const secret = { error: 'the secret of the client, as the provider shows it' }
const clientSecret = z.string(secret).min(1, secret).max(4_000, secret).refine(isOneLine, secret).optional()

const idOf = (provider: string, example: string) =>
  oneLine(500)
    .optional()
    .meta({
      description: `The client ID that ${provider} gave to your site. With its secret, people can log in with ${provider}. Default: none.`,
      example,
    })

const secretOf = (provider: string) =>
  clientSecret.meta({
    description: `The client secret that ${provider} gave to your site. Default: none.`,
    example: 'a file: GATELODGE_…_CLIENT_SECRET_FILE',
    secret: true,
  })

export const connections = {
  connections: connectionList.default([]).meta({
    description:
      'Providers that people can log in with, in the order of their buttons: a list of `{ name, clientId, clientSecret }`. `name` is ' +
      '`google`, `github`, `gitlab`, `microsoft` or `apple`; any other name also needs `issuer`, the address of a provider that speaks ' +
      'OpenID Connect. See docs/integrating/providers.md for the rest. Default: none.',
    example:
      '[{"name": "work", "label": "Acme", "issuer": "https://id.example.org", "clientId": "…", "clientSecret": "…"}]',
    defaultText: 'none',
    secret: true,
  }),
  connectionButtons: oneOf(['below', 'above']).default('below').meta({
    description: 'Whether the buttons of these providers are below or above the form for address and password.',
    example: 'above',
  }),
  appRedirects: appAddressList.default([]).meta({
    description:
      'Where native apps may have the browser sent back to after a login by a provider, separated by commas: an https address that the ' +
      'app has claimed, or a scheme of its own. Default: none.',
    example: 'org.example.app:/login-done',
    defaultText: 'none',
  }),
  googleClientId: idOf('Google', '1234-abcd.apps.googleusercontent.com'),
  googleClientSecret: secretOf('Google'),
  githubClientId: idOf('GitHub', 'Iv1.0123456789abcdef'),
  githubClientSecret: secretOf('GitHub'),
  gitlabClientId: idOf('GitLab', '0123456789abcdef'),
  gitlabClientSecret: secretOf('GitLab'),
  microsoftClientId: idOf('Microsoft', '00000000-0000-0000-0000-000000000000'),
  microsoftClientSecret: secretOf('Microsoft'),
  appleClientId: idOf('Apple', 'org.example.accounts'),
  appleClientSecret: clientSecret.meta({
    description:
      'The client secret for Apple: a JWT that you sign with your key and that works for six months at most. With `connections` you ' +
      'give the key instead, and Gatelodge signs a new one whenever it needs it. Default: none.',
    example: 'a file: GATELODGE_APPLE_CLIENT_SECRET_FILE',
    secret: true,
  }),
}

const pairs = Object.keys(presets) as (keyof typeof presets)[]

type Pairs = { readonly [name in `${keyof typeof presets}Client${'Id' | 'Secret'}`]?: string | undefined }

/** All providers, in the order of their buttons: those of the list, then those that two settings set up. */
export function providersOf(settings: Pairs & { connections: ConnectionSetting[] }): ConnectionSetting[] {
  const listed = new Set(settings.connections.map(({ name }) => name))
  const paired = pairs.flatMap((kind) => {
    const [id, secret] = [settings[`${kind}ClientId`], settings[`${kind}ClientSecret`]]
    return id && secret && !listed.has(kind) ? [fromPair(kind, id, secret)] : []
  })
  return [...settings.connections, ...paired]
}

/** Of two settings one is missing. */
export function halfPairs(settings: Pairs): (keyof Pairs)[] {
  return pairs.flatMap((kind) => {
    const [id, secret] = [`${kind}ClientId`, `${kind}ClientSecret`] as const
    if (Boolean(settings[id]) === Boolean(settings[secret])) return []
    return [settings[id] ? secret : id]
  })
}
