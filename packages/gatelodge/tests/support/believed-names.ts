// Every header that might tell an app who asks, from where, by which address or on which way: proxies and login
// programs write them, frameworks read them. What comes from outside under these names must not reach an app.

/** Who it is. */
export const identityNames = [
  ...['User', 'Email', 'Name', 'Groups', 'Token', 'Addr'].map((name) => `Remote-${name}`),
  ...['User', 'Email', 'Name', 'Group', 'Groups', 'Token'].map((name) => `X-Remote-${name}`),
  ...['User', 'Email', 'Groups', 'Preferred-Username', 'Access-Token', 'Redirect'].map(
    (name) => `X-Auth-Request-${name}`,
  ),
  ...['User', 'Email', 'Groups', 'Preferred-Username', 'Access-Token'].map((name) => `X-Forwarded-${name}`),
  ...['User', 'Email', 'Name', 'Groups'].map((name) => `X-Webauth-${name}`),
  'X-Authenticated-User',
]

/** From where, and what was asked for. */
export const addressNames = [
  'Forwarded',
  ...['For', 'Host', 'Proto', 'Port', 'Server', 'Prefix', 'Scheme', 'Ssl', 'Uri', 'Method', 'By'].map(
    (name) => `X-Forwarded-${name}`,
  ),
  'X-Real-Ip',
  'X-Client-Ip',
  'Client-Ip',
  'True-Client-Ip',
  'Cf-Connecting-Ip',
  'X-Cluster-Client-Ip',
  'Fastly-Client-Ip',
  'X-Original-Url',
  'X-Original-Host',
  'X-Original-Method',
  'X-Rewrite-Url',
  'Proxy',
]

export const believedNames = [...identityNames, ...addressNames]

/** The name with a hyphen or an underscore at each place for one: CGI and WSGI read them all alike. */
export function spellings(name: string): string[] {
  return name
    .split('-')
    .reduce<string[]>(
      (all, part) => (all.length ? all.flatMap((one) => [`${one}-${part}`, `${one}_${part}`]) : [part]),
      [],
    )
}
