// The last line of .ci/run: `N passed, N failed`, over the tests of both suites. Its word is the exit code of all before:
// what has failed without being a test counts as one.
import { readFileSync } from 'node:fs'

const before = Number(process.argv[2] ?? 0)
const all = ['test', 'test-exhaustive'].map(counts)
const sum = (key) => all.reduce((total, one) => total + one[key], 0)
const failed = sum('failed') || (before === 0 ? 0 : 1)
console.log(`\n${sum('passed')} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

/** A suite that left nothing behind did not run to its end. */
function counts(suite) {
  try {
    return JSON.parse(readFileSync(new URL(`../.test-results/${suite}.counts.json`, import.meta.url), 'utf8'))
  } catch {
    return { passed: 0, failed: 1 }
  }
}
