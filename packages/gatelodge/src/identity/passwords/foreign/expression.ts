// Formats of plain digests, written as a formula: `md5(md5(password).salt)`. A dot joins; `salt` and `username` come from the
// row, 'text' stands for itself, and the password appears once.
import { hash } from 'node:crypto'
import { type Algorithm, base64, type HashStep } from './recipe.ts'

type Value = { fixed: Buffer } | { steps: HashStep[] }

const algorithms = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']

export function isFormula(text: string): boolean {
  return /^(?:md5|sha1|sha224|sha256|sha384|sha512)\(.*\)$/.test(text) && text.length <= 200
}

/**
 * @returns the steps, whose last one gives raw bytes; undefined for what is no formula with one password.
 */
export function stepsOf(text: string, { salt, username }: { salt: string; username: string }): HashStep[] | undefined {
  const tokens = text.match(/'[^']*'|\w+|[().]/g) ?? []
  if (tokens.join('') !== text.replaceAll(/\s(?=(?:[^']*'[^']*')*[^']*$)/g, '')) return undefined
  const fixed: Record<string, string> = { salt, username, lower_username: username.toLowerCase() }
  let at = 0

  function joined(depth: number): Value | undefined {
    let left = single(depth)
    while (left && tokens[at] === '.') {
      at += 1
      const right = single(depth)
      left = right && join(left, right)
    }
    return left
  }

  function single(depth: number): Value | undefined {
    const token = tokens[at]
    at += 1
    if (token === undefined || depth > 6) return undefined
    if (token.startsWith("'")) return { fixed: Buffer.from(token.slice(1, -1)) }
    if (token === 'password') return { steps: [] }
    if (Object.hasOwn(fixed, token)) return { fixed: Buffer.from(fixed[token] ?? '') }
    if (!algorithms.includes(token) || tokens[at] !== '(') return undefined
    at += 1
    const inner = joined(depth + 1)
    if (tokens[at] !== ')') return undefined
    at += 1
    return inner && digest(token as Algorithm, inner)
  }

  const whole = joined(0)
  if (!whole || at !== tokens.length || !('steps' in whole)) return undefined
  const last = whole.steps.at(-1)
  return last?.[0] === 'hash' ? [...whole.steps.slice(0, -1), ['hash', last[1], 'raw']] : undefined
}

function join(left: Value, right: Value): Value | undefined {
  if ('fixed' in left && 'fixed' in right) return { fixed: Buffer.concat([left.fixed, right.fixed]) }
  if ('fixed' in left && 'steps' in right) return { steps: [...right.steps, ['prepend', base64(left.fixed)]] }
  if ('steps' in left && 'fixed' in right) return { steps: [...left.steps, ['append', base64(right.fixed)]] }
  return undefined
}

/** Within a formula a digest is its text in hex, as in PHP. */
function digest(algorithm: Algorithm, inner: Value): Value {
  if ('fixed' in inner) return { fixed: Buffer.from(hash(algorithm, inner.fixed, 'hex')) }
  return { steps: [...inner.steps, ['hash', algorithm, 'hex']] }
}
