// One temporary folder for everything that a test run writes, gone when it ends.
import { chmodSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'

export default function setup(): () => void {
  const folder = mkdtempSync(join(place(), 'gatelodge-tests-'))
  // A program that runs as a user of its own passes through, and cannot list what is in it.
  chmodSync(folder, 0o711)
  // The workers that run the tests, and the programs that these start, are given this process's environment.
  process.env.TMPDIR = folder
  return () => rmSync(folder, { recursive: true, force: true })
}

const inMemory = '/dev/shm'
/** The exhaustive tests wrote 1.2 GB at most. */
const roomy = 4 * 1024 ** 3

/** In memory where there is room: nothing here has to survive, and thousands of commits need not wait for a disk. */
function place(): string {
  if (process.env.TMPDIR || process.platform !== 'linux' || !runsPrograms()) return tmpdir()
  const { bavail, bsize } = statfsSync(inMemory)
  return Math.min(bavail * bsize, freemem() / 2) > roomy ? inMemory : tmpdir()
}

/** Containers often have one that does not. */
function runsPrograms(): boolean {
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n')
  const options = mounts.find((line) => line.split(' ')[1] === inMemory)?.split(' ')[3]
  return options !== undefined && !options.split(',').includes('noexec')
}
