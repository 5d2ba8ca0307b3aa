// What the last run of each command left behind, in .test-results: for the page of requirements, and for the sum at the end
// of .ci/run (scripts/sum-of-tests.mjs).
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const folder = join(root, '.test-results')

/** As package.json names them. */
export const suites = ['test', 'test:exhaustive'] as const
export type Suite = (typeof suites)[number]

/** As people type them. */
export const commands: Record<Suite, string> = { test: 'npm test', 'test:exhaustive': 'npm run test:exhaustive' }

/** `npm test` takes a sample of it, which proves nothing. */
export const isWalk = (file: string): boolean => file.includes('.walk.test.')

/** @param kind one file for each, so that each has one writer. */
export function keep(suite: Suite, kind: 'counts' | 'proofs', content: unknown): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(fileOf(suite, kind), JSON.stringify(content, null, 1))
}

/** @returns undefined where none was kept. */
export function kept<T>(suite: Suite, kind: 'counts' | 'proofs'): T | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(suite, kind), 'utf8'))
  } catch {
    return undefined
  }
}

const fileOf = (suite: Suite, kind: string) => join(folder, `${suite.replace(':', '-')}.${kind}.json`)

/** A hash of everything that decides what tests prove: two runs with the same one belong together. */
export function sourcesNow(): string {
  const hash = createHash('sha256')
  for (const part of ['packages/gatelodge/src', 'packages/gatelodge/tests', 'attack', 'bench']) {
    const files = readdirSync(join(root, part), { recursive: true, withFileTypes: true })
    const paths = files.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
    for (const path of paths.sort()) hash.update(`${path}\0`).update(readFileSync(path))
  }
  return hash.digest('hex')
}
