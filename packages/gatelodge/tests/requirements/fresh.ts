// Notes which tests passed that name a requirement. When both commands have run on the same sources, the run that ends last
// fails where the page says otherwise.
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Reporter, TestModule, Vitest } from 'vitest/node'
import { suiteOfRun } from '../support/closing-line.ts'
import { pageFile, renderPage } from './page.ts'
import { areComplete, keepRun, readProofs } from './proofs.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

export default class FreshRequirements implements Reporter {
  #vitest: Vitest | undefined

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
  }

  async onTestRunEnd(modules: ReadonlyArray<TestModule>): Promise<void> {
    if (!this.#vitest) return
    const tests = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => ({
        file: fileOf(module),
        title: test.name,
        hasPassed: test.result().state === 'passed',
      })),
    )
    const isFullRun = await this.#isFull(modules)
    keepRun({ suite: suiteOfRun(this.#vitest), tests, files: modules.map(fileOf), isFullRun })
    // Vitest has reported what failed already; its row would only repeat that.
    if (!isFullRun || !tests.every(({ hasPassed }) => hasPassed) || !areComplete()) return
    if (renderPage(readProofs()) === readPage()) return
    process.exitCode = 1
    console.error('docs/security/requirements.md is not what the tests prove; run: npm run requirements')
  }

  /** Every file, every test: anyone who runs a part of them proves a part only. */
  async #isFull(modules: ReadonlyArray<TestModule>): Promise<boolean> {
    const vitest = this.#vitest
    const { testNamePattern, shard, project } = vitest?.config ?? {}
    if (!vitest || testNamePattern || shard || (project?.length ?? 0) > 0) return false
    const ran = new Set(modules.map(({ moduleId }) => moduleId))
    const all = await vitest.globTestSpecifications()
    return all.every(({ moduleId }) => ran.has(moduleId))
  }
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
