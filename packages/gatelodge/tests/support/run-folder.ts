// One temporary folder for everything that a test run writes, gone when it ends.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'gatelodge-tests-'))
  // A program that runs as a user of its own passes through, and cannot list what is in it.
  chmodSync(folder, 0o711)
  // The workers that run the tests, and the programs that these start, are given this process's environment.
  process.env.TMPDIR = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
