// JSON as all parsers read it: what they might read differently is refused (ASVS V1.5.3).

/** @throws {SyntaxError} where it is no JSON, or an object has one key twice: which one counts depends on who reads. */
export function parseStrictly(text: string): unknown {
  const value: unknown = JSON.parse(text)
  refuseTwins(text)
  return value
}

/** One text, or one character that opens, closes or parts. What lies between cannot hold a key. */
const token = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g

/** Takes text that JSON.parse has taken; a list of its own instead of recursion, because nesting may be deep. */
function refuseTwins(text: string): void {
  const open: (Set<unknown> | undefined)[] = []
  let last = ''
  for (const [found] of text.matchAll(token)) {
    if (found === '{') open.push(new Set())
    else if (found === '[') open.push(undefined)
    else if (found === '}' || found === ']') open.pop()
    else if (found === ':') addKey(open.at(-1), last)
    last = found
  }
}

function addKey(keys: Set<unknown> | undefined, written: string): void {
  // As it reads, not as it is written: "\u0061" is "a".
  const key: unknown = JSON.parse(written)
  if (keys?.has(key)) throw new SyntaxError('one key twice')
  keys?.add(key)
}
