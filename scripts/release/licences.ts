// Only licences that let anyone use, change and pass on the code, in products of any kind.
import type { Lock } from './production-lock.ts'

const allowed = new Set(['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0'])

export function faultsOfLicences({ packages }: Lock): string[] {
  return Object.entries(packages)
    .filter(([, { license }]) => !isAllowed(license ?? ''))
    .map(([path, { license }]) => `${path || 'the package'} has the licence ${license ?? 'that it does not name'}`)
}

/** An SPDX expression: of `A OR B` one is enough, of `A AND B` both are needed. */
function isAllowed(expression: string): boolean {
  const plain = expression.replace(/[()]/g, '')
  return plain.split(' OR ').some((choice) => choice.split(' AND ').every((licence) => allowed.has(licence.trim())))
}
