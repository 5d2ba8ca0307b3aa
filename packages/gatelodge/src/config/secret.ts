// The secret that seals cookies: given by a setting, or made at the first start and kept for the next ones. The key of the
// mailbox is made and kept in the same way.
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeDataFolder } from './data-folder.ts'
import { inMemory } from './database-place.ts'
import type { Settings } from './schema.ts'

/**
 * Gives the secrets, the newest first. With a database in memory nothing is left to decrypt later, so the secret is not stored.
 * @throws {Error} where the kept file is open to others or too short: a sentence that says what to do.
 */
export function secretsOf(settings: Pick<Settings, 'secret' | 'dataDir' | 'databaseUrl'>): string[] {
  if (settings.secret) return settings.secret
  return [settings.databaseUrl === inMemory ? newSecret() : kept(settings.dataDir, 'secret')].flatMap(separated)
}

/** The same, and makes none. @returns undefined where there is none yet. @throws {Error} as above. */
export function secretsHere({ secret, dataDir }: Pick<Settings, 'secret' | 'dataDir'>): string[] | undefined {
  const file = join(dataDir, 'secret')
  return secret ?? (existsSync(file) ? separated(checked(file)) : undefined)
}

/** As in the setting: the newest first. */
const separated = (text: string) => text.split(',').map((one) => one.trim())

/**
 * What a reader of `/dev/mailbox` has to know: 64 characters. Each data folder has its own.
 * @throws {Error} as above, and where the folder cannot be written.
 */
export function mailboxKeyOf({ dataDir, databaseUrl }: Pick<Settings, 'dataDir' | 'databaseUrl'>): string {
  return databaseUrl === inMemory ? newSecret() : kept(dataDir, 'mailbox-key')
}

function kept(dataDir: string, name: string): string {
  const file = join(dataDir, name)
  try {
    return checked(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  makeDataFolder(dataDir)
  // Written aside and linked into place: of two copies that start together, both then read the same secret.
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${newSecret()}\n`, { mode: 0o600 })
  chmodSync(draft, 0o600)
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
  return checked(file)
}

const newSecret = () => randomBytes(48).toString('base64url')

function checked(file: string): string {
  const secret = readFileSync(file, 'utf8').trim()
  const isOpenToOthers = process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0
  if (isOpenToOthers)
    throw new Error(`Other users of this machine can read ${file}. Protect it with: chmod 600 ${file}`)
  if (separated(secret).some((one) => one.length < 32))
    throw new Error(`${file} is too short for a secret. Delete it; the next start creates a new one.`)
  return secret
}
