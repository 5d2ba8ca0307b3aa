// By which names this site's own pages call themselves.

/** On one's own machine the same page has three names. */
export function siteOrigins(baseUrl: string): Set<string> {
  const { protocol, hostname, port } = new URL(baseUrl)
  const loopback = ['localhost', '127.0.0.1', '[::1]']
  if (protocol !== 'http:' || !loopback.includes(hostname)) return new Set([baseUrl])
  return new Set(loopback.map((name) => `http://${name}${port && `:${port}`}`))
}
