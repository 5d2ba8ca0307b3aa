// The secret of a site in its backup: what it seals cannot be opened without it, so a backup says whether a site has the same.
import { writeFileSync } from 'node:fs'
import { makeDataFolder } from '../../config/data-folder.ts'
import type { Settings } from '../../config/schema.ts'
import { secretFile, secretsHere } from '../../config/secret.ts'
import { createSealing, isSame, type Purpose } from '../../identity/sealing.ts'
import { BackupFault } from './fault.ts'
import type { Manifest } from './manifest.ts'

/** @param id of the backup, so that two backups show nothing in common. */
export function marksOf(secrets: string[], id: string): string[] {
  return secrets.map((secret) => createSealing([secret]).sign('backup', id).toString('hex'))
}

/** What does not work any more with another secret, for each thing that the secret is for; undefined: nothing that stays. */
const lost: Record<Purpose, string | undefined> = {
  'second factor': 'codes of authenticator apps (recovery codes work)',
  email: 'emails that were waiting to be sent',
  pepper: 'passwords from another system that have a pepper',
  // They live for minutes, or are made again: forms are sent again, devices count as new, counts begin again.
  'visit cookie': undefined,
  'form token': undefined,
  'device cookie': undefined,
  'attempt key': undefined,
  'audited address': undefined,
  'identity token': undefined,
  'second factor setup': undefined,
  'passkey challenge': undefined,
  connection: undefined,
  'connection code': undefined,
  backup: undefined,
}

/** docs/running/backup.md says more. */
export const withoutSecret = Object.values(lost).filter((one) => one !== undefined)

export type SecretPlan =
  | { kind: 'same' }
  /** There is none here, and the backup brings it. */
  | { kind: 'write'; secret: string }
  /** There is none here, and the backup has none. */
  | { kind: 'missing' }
  /** Another one. */
  | { kind: 'other' }
  /** The backup was made where there was none. */
  | { kind: 'unknown' }

/** @throws {BackupFault} where the backup brings a secret, and there is another one here. Nothing is written. */
export function planSecret({ id, secretMarks, secrets }: Manifest, settings: Settings): SecretPlan {
  const here = secretsHere(settings)
  if (!here) return secrets ? { kind: 'write', secret: secrets.join(',') } : { kind: 'missing' }
  if (secretMarks.length === 0) return { kind: 'unknown' }
  const known = marksOf(here, id)
  if (secretMarks.every((mark) => known.some((one) => isSame(one, mark)))) return { kind: 'same' }
  if (secrets) throw new BackupFault(otherSecret(settings))
  return { kind: 'other' }
}

function otherSecret({ secret, dataDir }: Settings): string {
  const where = secret ? 'The settings name' : `${secretFile(dataDir)} is`
  return `${where} another secret than the one in this backup. Take that away first, or restore --without-secret.`
}

/** @throws {Error} where the folder cannot be written. */
export function writeSecret(dataDir: string, text: string): void {
  makeDataFolder(dataDir)
  writeFileSync(secretFile(dataDir), `${text}\n`, { mode: 0o600, flag: 'wx' })
}
