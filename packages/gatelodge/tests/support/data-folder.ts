// The data folder of all sites that one process starts, and the key of the mailbox in it. It knows nothing of the product's
// pages: the pictures are taken by a plain Node.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mailboxKeyOf } from '../../src/config/secret.ts'

let folder: string | undefined

export function dataFolder(): string {
  folder ??= mkdtempSync(join(tmpdir(), 'gatelodge-data-'))
  return folder
}

/** For sites that someone else starts, on a folder of theirs. */
export function useDataFolder(other: string): void {
  folder = other
}

/** The link to the emails, as the start prints it. */
export const mailboxLink = () => `/dev/mailbox?key=${mailboxKeyOf({ dataDir: dataFolder(), databaseUrl: '' })}`
