// Which passed test proves which requirement: titles name the ids.
import { readFileSync, writeFileSync } from 'node:fs'

export interface Proof {
  /** From the root of the repository. */
  file: string
  title: string
}

/** By id, each in the order of files and titles. */
export type Proofs = Map<string, Proof[]>

const kept = new URL('../../../../.requirements.json', import.meta.url)

/** "V2.2.1 V1.2.4 in /login: …" names two. An id with a letter or a dot behind it is none. */
export function idsIn(text: string): string[] {
  return [...new Set(text.match(/\bV\d+\.\d+\.\d+(?![\d.]*\d)/g) ?? [])]
}

export function proofsOf(passed: Proof[]): Proofs {
  const proofs: Proofs = new Map()
  const order = (left: Proof, right: Proof) => compare(left.file, right.file) || compare(left.title, right.title)
  for (const proof of [...passed].sort(order)) {
    for (const id of idsIn(proof.title)) proofs.set(id, [...(proofs.get(id) ?? []), proof])
  }
  return proofs
}

/** What the last runs left behind, for the script that writes the page. */
export function readPassed(): Proof[] {
  return JSON.parse(readFileSync(kept, 'utf8'))
}

/** A run of some files replaces what is known of these. */
export function keepPassed(passed: Proof[], filesThatRan: string[], isFullRun: boolean): void {
  const others = isFullRun ? [] : before().filter(({ file }) => !filesThatRan.includes(file))
  writeFileSync(kept, JSON.stringify([...others, ...passed], null, 1))
}

function before(): Proof[] {
  try {
    return readPassed()
  } catch {
    return []
  }
}

/** By code units, so that every machine sorts alike. */
function compare(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
