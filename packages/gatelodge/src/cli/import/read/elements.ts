// Finds the elements of a JSON list, a byte at a time, without holding more than that byte. What is between them is JSON that
// another parser reads: here only quotes, brackets and commas matter.

/** Where a byte stands: `begin` is the bracket that opens the list, `comma` and `end` are behind an element. */
export type ElementPlace = 'outside' | 'begin' | 'inside' | 'comma' | 'end'

const [quote, backslash, comma] = [34, 92, 44]
const openList = 91
const opening = new Set([openList, 123])
const closing = new Set([93, 125])
const longestKey = 100

/** @param list the key of the list, where the file is an object. */
export function createElements(list: string | undefined): (byte: number) => ElementPlace {
  let depth = 0
  /** At which depth the elements stand; 0: the list was not met yet. */
  let own = 0
  let isOver = false
  let inText = false
  let isEscaped = false
  /** The last text at depth 1: before a list, its key. */
  let text: number[] = []

  function within(byte: number): ElementPlace {
    if (isEscaped) isEscaped = false
    else if (byte === backslash) isEscaped = true
    else if (byte === quote) inText = false
    if (inText && own === 0 && depth === 1 && text.length < longestKey) text.push(byte)
    return own > 0 && !isOver ? 'inside' : 'outside'
  }

  function open(byte: number): ElementPlace {
    depth += 1
    const isWanted = depth === 1 ? list === undefined : depth === 2 && Buffer.from(text).toString() === list
    if (own > 0 || byte !== openList || !isWanted) return own > 0 && !isOver ? 'inside' : 'outside'
    own = depth
    return 'begin'
  }

  function close(): ElementPlace {
    depth -= 1
    if (own === 0 || isOver) return 'outside'
    isOver = depth < own
    return isOver ? 'end' : 'inside'
  }

  return (byte) => {
    if (inText) return within(byte)
    if (opening.has(byte)) return open(byte)
    if (closing.has(byte)) return close()
    if (byte === quote) {
      inText = true
      if (own === 0 && depth === 1) text = []
    }
    if (own === 0 || isOver) return 'outside'
    return byte === comma && depth === own ? 'comma' : 'inside'
  }
}
