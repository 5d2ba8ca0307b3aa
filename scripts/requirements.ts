// Writes docs/security/requirements.md from the tests that passed in the last runs of both suites.
import { writeFileSync } from 'node:fs'
import { pageFile, renderPage } from '../packages/gatelodge/tests/requirements/page.ts'
import { readProofs } from '../packages/gatelodge/tests/requirements/proofs.ts'

try {
  writeFileSync(pageFile, renderPage(readProofs()))
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
