// The secret that seals what the site keeps: given by a setting, or made at the first start and kept for the next ones. The
// key of the mailbox is made and kept in the same way.
import { randomBytes } from 'node:crypto'
import { chmodSync, linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { makeDataFolder } from './data-folder.ts'
import { inMemory } from './database-place.ts'
import type { Settings } from './schema.ts'

/** Why the secret cannot be used, and what to do about it. */
export class SecretFault extends Error {
  readonly says: string
  readonly remedy: string

  constructor(says: string, remedy: string) {
    super(`${says}. ${remedy}`)
    this.says = says
    this.remedy = remedy
  }
}

/**
 * Gives the secrets, the newest first, and makes one where there is none: for a site that starts, and for nothing else. With
 * a database in memory nothing is left to decrypt later, so the secret is not stored.
 * @throws {SecretFault} where the kept file is open to others, too short, or cannot be read.
 */
export function secretsOf(settings: Pick<Settings, 'secret' | 'dataDir' | 'databaseUrl'>): string[] {
  if (settings.secret) return settings.secret
  return [settings.databaseUrl === inMemory ? newSecret() : kept(settings.dataDir, 'secret')].flatMap(separated)
}

/** The same, and makes none. @returns undefined where there is none. @throws {SecretFault} as above. */
export function secretsHere({ secret, dataDir }: Pick<Settings, 'secret' | 'dataDir'>): string[] | undefined {
  const text = secret ? undefined : readKept(secretFile(dataDir))
  return secret ?? (text === undefined ? undefined : separated(text))
}

/** The same, for what cannot be done without. @throws {SecretFault} as above, and where there is none. */
export function secretsNeeded(settings: Pick<Settings, 'secret' | 'dataDir'>): string[] {
  const here = secretsHere(settings)
  if (here) return here
  throw new SecretFault(
    `There is no secret at ${secretFile(settings.dataDir)}, and the settings give none`,
    'Run this in the folder of the site and with its settings. A new site makes its secret at the first start. After a ' +
      'restore, put the secret of the site there, or set `secret`.',
  )
}

export const secretFile = (dataDir: string) => join(resolve(dataDir), 'secret')

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
  const here = readKept(file)
  if (here !== undefined) return here
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
  return readKept(file) as string
}

const newSecret = () => randomBytes(48).toString('base64url')

/** @returns undefined where there is no such file. */
function readKept(file: string): string | undefined {
  const secret = contentOf(file)
  if (secret === undefined) return undefined
  const isOpenToOthers = process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0
  if (isOpenToOthers)
    throw new SecretFault(`Other users of this machine can read ${file}`, `Protect it with: chmod 600 ${file}`)
  if (separated(secret).some((one) => one.length < 32))
    throw new SecretFault(
      `${file} is too short for a secret`,
      'Bring it back from where you keep a copy. Without one, delete it: the next start makes a new one, which opens ' +
        'nothing of what the old one sealed.',
    )
  return secret
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw new SecretFault(`${file} cannot be read: ${code}`, 'It must be a file of the user that runs this.')
  }
}
