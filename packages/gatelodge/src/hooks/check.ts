/** @throws {Error} with every fault at once: what has the wrong name would never be called. */
export function checkFunctions(what: 'hook' | 'slot', known: readonly string[], given: object): void {
  const faults = Object.entries(given).flatMap(([name, value]) => {
    if (!known.includes(name)) return [`  ${name} is no ${what}; there are ${known.join(', ')}`]
    return value === undefined || typeof value === 'function' ? [] : [`  ${name} must be a function`]
  })
  if (faults.length > 0) throw new Error(`Gatelodge cannot start with these ${what}s:\n${faults.join('\n')}`)
}

/** @throws {Error} where a verifier of passwords could never be asked, or two have one name. */
export function checkVerifiers(given: readonly { name: string; verify: unknown }[]): void {
  const names = given.map(({ name }) => name)
  const faults = given.flatMap(({ name, verify }) => {
    if (!/^[a-z\d-]{1,40}$/.test(name)) return [`  ${name}: the name is small letters, digits and -, 40 at most`]
    if (names.filter((one) => one === name).length > 1) return [`  ${name}: there are two of this name`]
    return typeof verify === 'function' ? [] : [`  ${name}: verify must be a function`]
  })
  if (faults.length > 0) throw new Error(`Gatelodge cannot start with these passwordVerifiers:\n${faults.join('\n')}`)
}
