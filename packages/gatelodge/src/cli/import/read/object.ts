// One account as JSON text: parsed only where it is no deeper than accounts are.

const deepest = 32

export function objectOf(text: string): { values: Record<string, unknown> | undefined; fault?: string } {
  if (depthOf(text) > deepest) return { values: undefined, fault: 'nested too deeply' }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { values: value as Record<string, unknown> }
  } catch {}
  return { values: undefined, fault: 'not a JSON object' }
}

/** Once over it, sign by sign: an expression would begin again at each quote that nothing closes. */
function depthOf(text: string): number {
  let depth = 0
  let most = 0
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '"') isQuoted = !isQuoted
    else if (isQuoted) at += sign === '\\' ? 1 : 0
    else if (sign === '[' || sign === '{') depth += 1
    else if (sign === ']' || sign === '}') depth -= 1
    most = Math.max(most, depth)
  }
  return most
}
