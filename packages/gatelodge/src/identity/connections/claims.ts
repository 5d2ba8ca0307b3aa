// Claims of an ID token, whose shapes are the provider's.

/** Of a token whose signature and values were checked. */
export type Claims = Readonly<Record<string, unknown>>

export function textOf(claim: unknown, most: number): string | undefined {
  return typeof claim === 'string' && claim !== '' && claim.length <= most ? claim : undefined
}

/**
 * The texts of a claim: a text, or the texts of a list.
 * @param path the name of the claim, then the names within it.
 */
export function textsAt(claims: Claims, path: readonly string[]): string[] | 'unreadable' {
  if (isElsewhere(claims, path[0] ?? '')) return 'unreadable'
  let claim: unknown = claims
  for (const name of path) {
    if (claim === undefined || claim === null) return []
    if (typeof claim !== 'object' || Array.isArray(claim)) return 'unreadable'
    claim = Object.hasOwn(claim, name) ? (claim as Record<string, unknown>)[name] : undefined
  }
  if (claim === undefined || claim === null) return []
  if (typeof claim === 'string') return claim === '' ? [] : [claim]
  return Array.isArray(claim) ? claim.filter((one) => typeof one === 'string') : 'unreadable'
}

/** Microsoft, for someone in more than 200 groups: the token says where else they could be asked for. */
function isElsewhere(claims: Claims, name: string): boolean {
  const { _claim_names: names, hasgroups } = claims
  if (name === 'groups' && hasgroups !== undefined) return true
  return typeof names === 'object' && names !== null && Object.hasOwn(names, name)
}
