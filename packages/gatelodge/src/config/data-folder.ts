// The folder for the database file and the secret.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileOf } from './database-place.ts'
import type { Settings } from './schema.ts'

const ours = /^(?:secret(?:\.\d+)?|gatelodge\.sqlite(?:-wal|-shm|-journal)?)$/

/**
 * Makes the folder where it is missing. A folder that holds nothing but what is ours gets a `.gitignore`, so that neither
 * the secret nor the accounts are committed by mistake; a folder with other files in it stays as it is.
 */
export function makeDataFolder(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (!readdirSync(dataDir).every((name) => ours.test(name))) return
  try {
    writeFileSync(join(dataDir, '.gitignore'), '*\n', { mode: 0o600, flag: 'wx' })
  } catch (error) {
    // Another copy was quicker, or the folder may not be written: what must write there says so itself.
    if (!['EEXIST', 'EACCES', 'EROFS', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

/** The same, where the database lies in it. */
export function makeFolderOfDatabase(settings: Pick<Settings, 'dataDir' | 'databaseUrl'>): void {
  const file = fileOf(settings)
  if (file && dirname(file) === resolve(settings.dataDir)) makeDataFolder(settings.dataDir)
}
