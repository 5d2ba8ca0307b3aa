// Why a command failed, for the person at the terminal: the system's own words name a call, and not what to do.
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { sqliteFaultOf } from '../database/faults.ts'

export function whyFailed(error: unknown): string {
  const { message, cause, code = '', path } = error as NodeJS.ErrnoException
  const said = Object.hasOwn(ofFiles, code) ? ofFiles[code]?.(path) : undefined
  if (said !== undefined) return said
  const whole = cause instanceof Error ? `${message}: ${cause.message}` : message
  if (![error, cause ?? {}].some((one) => sqliteFaultOf(one) === 'unwritable')) return whole
  return `The database file cannot be used: ${whole}. "gatelodge doctor" says what to do.`
}

/** What is read or written has no path; what is opened has one. */
const ofFiles: Record<string, (path?: string) => string | undefined> = {
  ENOENT(path) {
    if (path === undefined) return undefined
    const folder = dirname(resolve(path))
    return existsSync(folder) ? `There is no file ${path}.` : `There is no folder ${folder}.`
  },
  EACCES: (path) => path && `This user may not open ${path}.`,
  EPERM: (path) => path && `This user may not open ${path}.`,
  EROFS: (path) => path && `The disk of ${path} takes no writes.`,
  EISDIR: (path) => (path ? `${path} is a folder, not a file.` : 'A folder was named where a file is needed.'),
  ENOTDIR: (path) => path && `A part of ${path} is a file, not a folder.`,
  ENOSPC: () => 'The disk is full.',
}
