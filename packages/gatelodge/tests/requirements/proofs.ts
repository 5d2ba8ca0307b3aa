// Which passed test proves which requirement: titles name the ids.
import { isWalk, keep, kept, type Suite, sourcesNow, suites } from '../support/results.ts'

export interface Proof {
  /** From the root of the repository. */
  file: string
  title: string
  /** Whose command ran it. */
  suite: Suite
}

/** By id, each in the order of files and titles. */
export type Proofs = Map<string, Proof[]>

interface Kept {
  passed: Proof[]
  failed: Proof[]
  /** What the whole suite ran on; none where only a part of it ran on that. */
  sources: string | undefined
}

/** "V2.2.1 V1.2.4 in /login: …" names two. An id with an email or a dot behind it is none. */
export function idsIn(text: string): string[] {
  return [...new Set(text.match(/\bV\d+\.\d+\.\d+(?![\d.]*\d)/g) ?? [])]
}

/** A requirement holds everywhere or not at all: one test that failed takes its ids from all others. */
export function proofsOf(passed: Proof[], failed: Proof[] = []): Proofs {
  const broken = failed.flatMap(({ title }) => idsIn(title))
  const proofs: Proofs = new Map()
  const order = (left: Proof, right: Proof) => compare(left.file, right.file) || compare(left.title, right.title)
  for (const proof of [...passed].sort(order)) {
    for (const id of idsIn(proof.title)) {
      if (!broken.includes(id)) proofs.set(id, [...(proofs.get(id) ?? []), proof])
    }
  }
  return proofs
}

/** What the last runs of both commands left behind. @throws {Error} where one of them has not run. */
export function readProofs(): Proofs {
  const all = suites.map(before)
  const missing = suites.filter((_, at) => !all[at])
  if (missing.length > 0) throw new Error(`Not every suite has run here yet; run: ${missing.map(runOf).join(', ')}`)
  return proofsOf(
    all.flatMap((one) => one?.passed ?? []),
    all.flatMap((one) => one?.failed ?? []),
  )
}

const runOf = (suite: Suite) => `npm run ${suite}`

/** Whether all of both suites ran on what the sources are now, and nothing failed. */
export function areComplete(): boolean {
  const now = sourcesNow()
  return suites.map(before).every((one) => one?.sources === now && one.failed.length === 0)
}

export interface Ran {
  suite: Suite
  tests: { file: string; title: string; hasPassed: boolean }[]
  files: string[]
  isFullRun: boolean
}

/** A run of some files replaces what is known of these. */
export function keepRun({ suite, tests, files, isFullRun }: Ran): void {
  const known = before(suite)
  const sources = sourcesNow()
  const ofOthers = (all: Proof[] = []) => (isFullRun ? [] : all.filter(({ file }) => !files.includes(file)))
  const naming = tests.filter(({ title }) => idsIn(title).length > 0)
  const proving = naming.filter(({ file }) => suite === 'test:exhaustive' || !isWalk(file))
  const proofs = (all: typeof tests) => all.map(({ file, title }): Proof => ({ file, title, suite }))
  const passed = proofs(proving.filter(({ hasPassed }) => hasPassed))
  const failed = proofs(naming.filter(({ hasPassed }) => !hasPassed))
  const isWhole = isFullRun || known?.sources === sources
  const content: Kept = {
    passed: [...ofOthers(known?.passed), ...passed],
    failed: [...ofOthers(known?.failed), ...failed],
    sources: isWhole ? sources : undefined,
  }
  keep(suite, 'proofs', content)
}

const before = (suite: Suite) => kept<Kept>(suite, 'proofs')

/** By code units, so that every machine sorts alike. */
function compare(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
