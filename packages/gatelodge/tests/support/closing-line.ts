// The last line of a test run: `N passed, N failed`, counted over every test. A test that did not run is a failure here.
import type { Reporter, TestModule, Vitest } from 'vitest/node'
import { keep, type Suite } from './results.ts'

export default class ClosingLine implements Reporter {
  #suite: Suite = 'test'

  onInit(vitest: Vitest): void {
    this.#suite = suiteOfRun(vitest)
  }

  onTestRunEnd(modules: ReadonlyArray<TestModule>, errors: ReadonlyArray<unknown>): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const count = (state: string) => tests.filter((test) => test.result().state === state).length
    const passed = count('passed')
    // A file that could not even be read, a suite without a test, or an error outside any test counts as one each.
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()])
    const broken = suites.filter((suite) => suite.errors().length > 0).length + errors.length
    const failed = tests.length - passed + broken
    if (failed > 0) process.exitCode = 1
    keep(this.#suite, 'counts', { passed, failed })
    process.once('exit', () => console.log(`\n${passed} passed, ${failed} failed`))
  }
}

export const suiteOfRun = (vitest: Vitest): Suite =>
  vitest.getRootProject().getProvidedContext().walks === 'whole' ? 'test:exhaustive' : 'test'
