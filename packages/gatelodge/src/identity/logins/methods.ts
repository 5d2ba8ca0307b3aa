// How someone proved who they are, and when. A session keeps it, a log-in under way collects it, and apps read it.

/**
 * The names of RFC 8176 ("amr"). Two are ours: `email` for a link in an email that was opened a moment ago, and
 * `connection:NAME` for another provider's word.
 */
export type Method = 'pwd' | 'email' | 'otp' | 'hwk' | 'swk' | 'user' | 'mfa' | `connection:${string}`

/** Each method with the moment of its proof, in epoch milliseconds. */
export type Methods = { readonly [name in Method]?: number }

/** As it is stored: JSON with its keys in alphabetical order, so that equal ones are equal texts. */
export function writeMethods(methods: Methods): string {
  return JSON.stringify(Object.fromEntries(proofsIn(methods)))
}

export function readMethods(written: string): Methods {
  return JSON.parse(written) as Methods
}

/** Each with its moment, in alphabetical order. */
export function proofsIn(methods: Methods): [Method, number][] {
  return (Object.entries(methods) as [Method, number][]).sort(([one], [other]) => (one < other ? -1 : 1))
}

export function methodNames(methods: Methods): Method[] {
  return proofsIn(methods).map(([method]) => method)
}

/** The moment of the first proof: everything that follows from it is counted from here. */
export function firstProofAt(methods: Methods): number {
  return Math.min(...moments(methods))
}

/** The moment of the last one. */
export function lastProofAt(methods: Methods): number {
  return Math.max(...moments(methods))
}

function moments(methods: Methods): number[] {
  const all = proofsIn(methods).map(([, at]) => at)
  if (all.length === 0) throw new Error('nothing was proved')
  return all
}
