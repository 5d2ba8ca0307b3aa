// What someone may have meant: the known word with the fewest characters to change (Levenshtein distance).

/** @returns undefined where no known word is within `most` changed characters. */
export function nearest(word: string, known: string[], most: number): string | undefined {
  const ranked = known.map((one) => ({ one, far: distance(word, one) })).sort((a, b) => a.far - b.far)
  const [best] = ranked
  return best && best.far <= most ? best.one : undefined
}

function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let i = 1; i <= left.length; i += 1) {
    const above = row
    row = [i]
    for (let j = 1; j <= right.length; j += 1) {
      const swap = (above[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1)
      row.push(Math.min(swap, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
  }
  return row[right.length] ?? 0
}
