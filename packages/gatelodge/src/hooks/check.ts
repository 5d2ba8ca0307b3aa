/** @throws {Error} with every fault at once: what has the wrong name would never be called. */
export function checkFunctions(what: 'hook' | 'slot', known: readonly string[], given: object): void {
  const faults = Object.entries(given).flatMap(([name, value]) => {
    if (!known.includes(name)) return [`  ${name} is no ${what}; there are ${known.join(', ')}`]
    return value === undefined || typeof value === 'function' ? [] : [`  ${name} must be a function`]
  })
  if (faults.length > 0) throw new Error(`Gatelodge cannot start with these ${what}s:\n${faults.join('\n')}`)
}
