// Which addresses a dry run has met, and where: 24 bytes a row, because a file may have millions.

export interface Seen {
  /** @returns the line that had it before; undefined: it is new, and known from now on. */
  add(key: Buffer, line: number): number | undefined
}

export function createSeen(): Seen {
  let keys = new Float64Array(1024)
  let lines = new Float64Array(1024)
  let count = 0

  function place(among: Float64Array, key: number): number {
    let at = key % among.length
    while (among[at] !== 0 && among[at] !== key) at = (at + 1) % among.length
    return at
  }

  function grow() {
    const [oldKeys, oldLines] = [keys, lines]
    keys = new Float64Array(oldKeys.length * 2)
    lines = new Float64Array(oldKeys.length * 2)
    oldKeys.forEach((key, from) => {
      if (key === 0) return
      const at = place(keys, key)
      keys[at] = key
      lines[at] = oldLines[from] ?? 0
    })
  }

  return {
    add(digest, line) {
      // 48 bits of a SHA-256: among a million, two differ with a probability of 99.8 %.
      const key = digest.readUIntBE(0, 6) + 1
      const at = place(keys, key)
      if (keys[at] === key) return lines[at]
      keys[at] = key
      lines[at] = line
      count += 1
      if (count * 2 > keys.length) grow()
      return undefined
    },
  }
}
