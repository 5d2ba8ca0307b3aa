// A folder of the site: whether it can be written, and how much room its disk has.
import { existsSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { spellBytes } from '../../config/values.ts'
import { type DoctorFinding, fault, ok, warning, wordsOf } from './finding.ts'

/** The folder, or the one above it where it would be made. */
export function existing(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : existing(dirname(folder))
}

/** As much as SQLite writes at least. */
const page = Buffer.alloc(4096)

/** Tried by writing, because rights are not all: a disk may be full, or mounted read-only. @returns the error's code. */
export function whyNotWritable(folder: string): string | undefined {
  const file = join(folder, `.doctor-${process.pid}`)
  try {
    writeFileSync(file, page, { mode: 0o600, flag: 'wx' })
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? wordsOf(error)
  } finally {
    rmSync(file, { force: true })
  }
}

const mebibyte = 1024 ** 2
const little = 1024 * mebibyte
const none = 100 * mebibyte

/** @returns bytes that this user may still write there. */
export type FreeSpace = (folder: string) => number

export const freeSpace: FreeSpace = (folder) => {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** Of the disk with the SQLite file. */
export function diskOf(folder: string, freeIn: FreeSpace): DoctorFinding {
  const free = freeIn(folder)
  const unit = free < 10 * little ? mebibyte : little
  const says = `${spellBytes(Math.floor(free / unit) * unit)} free in ${folder}`
  const remedy = 'Make room: on a full disk, no account, no login and no change is stored.'
  if (free < none) return fault('disk', says, remedy)
  return free < little ? warning('disk', says, remedy) : ok('disk', says)
}
