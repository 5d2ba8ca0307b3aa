// Notes which tests passed that name a requirement; at the end of a full run, fails it where the page says otherwise.
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node'
import { pageFile, renderPage } from './page.ts'
import { idsIn, keepPassed, type Proof, proofsOf } from './proofs.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

export default class FreshRequirements implements Reporter {
  #vitest: Vitest | undefined

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
  }

  async onTestRunEnd(modules: ReadonlyArray<TestModule>): Promise<void> {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const isFullRun = await this.#isFull(modules)
    const passed = proving(tests)
    keepPassed(passed, modules.map(fileOf), isFullRun)
    // What failed is told already, and its row would only be told as well.
    const haveAllPassed = tests.every((test) => test.result().state === 'passed')
    if (!isFullRun || !haveAllPassed || renderPage(proofsOf(passed)) === readPage()) return
    process.exitCode = 1
    console.error('docs/security/requirements.md is not what the tests prove; run: npm run requirements')
  }

  /** Every file, every test: whoever runs a part of them proves a part only. */
  async #isFull(modules: ReadonlyArray<TestModule>): Promise<boolean> {
    const vitest = this.#vitest
    if (!vitest || vitest.config.testNamePattern || vitest.config.shard) return false
    const ran = new Set(modules.map(({ moduleId }) => moduleId))
    const all = await vitest.globTestSpecifications()
    return all.every(({ moduleId }) => ran.has(moduleId))
  }
}

/** One that failed takes its ids from all others: a requirement holds everywhere or not at all. */
function proving(tests: TestCase[]): Proof[] {
  const naming = tests.filter((test) => idsIn(test.name).length > 0)
  const broken = new Set(naming.filter((test) => test.result().state !== 'passed').flatMap((test) => idsIn(test.name)))
  return naming
    .filter((test) => idsIn(test.name).every((id) => !broken.has(id)))
    .map((test) => ({ file: fileOf(test.module), title: test.name }))
}

function fileOf({ moduleId }: TestModule): string {
  return relative(root, moduleId).replaceAll('\\', '/')
}

function readPage(): string {
  try {
    return readFileSync(pageFile, 'utf8')
  } catch {
    return ''
  }
}
