// The last line of a test run: `N passed, N failed`, counted over every test. A test that did not run is a failure here.
import type { Reporter, TestModule } from 'vitest/node'

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, errors: ReadonlyArray<unknown>): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const count = (state: string) => tests.filter((test) => test.result().state === state).length
    const passed = count('passed')
    // A file that could not even be read, or an error outside any test, counts as one each.
    const broken = modules.filter((module) => module.errors().length > 0).length + errors.length
    const failed = tests.length - passed + broken
    if (failed > 0) process.exitCode = 1
    process.once('exit', () => console.log(`\n${passed} passed, ${failed} failed`))
  }
}
