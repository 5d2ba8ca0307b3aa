// Writes docs/security/requirements.md from the tests that passed in the last run of the suite.
import { writeFileSync } from 'node:fs'
import { pageFile, renderPage } from '../packages/gatelodge/tests/requirements/page.ts'
import { proofsOf, readPassed } from '../packages/gatelodge/tests/requirements/proofs.ts'

try {
  writeFileSync(pageFile, renderPage(proofsOf(readPassed())))
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  console.error('No test has run here yet; run: npm test')
  process.exitCode = 1
}
