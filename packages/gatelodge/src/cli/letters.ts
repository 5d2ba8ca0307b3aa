// `gatelodge letters`: what became of the latest ones. Never whom they go to, nor what they say.
import { connectDatabase } from '../database/connect.ts'
import { isMigrated } from '../database/migrate.ts'
import { letterRows, type StoredLetter } from '../mail/storage.ts'
import { systemClock } from '../time.ts'
import type { Call, ExitCode } from './command.ts'

const most = 50

export async function run({ words, settings }: Call): Promise<ExitCode> {
  if (words.length > 0) {
    console.error('Use: gatelodge letters')
    return 2
  }
  const database = await connectDatabase(settings, systemClock)
  try {
    if (!(await isMigrated(database))) {
      console.error('This database is not ready yet. Start the site once, or run: gatelodge migrate up')
      return 1
    }
    const letters = await letterRows.latest(database.db, most)
    const lines = letters.map(({ createdAt, kind, tries, failure, ...letter }) => {
      const moment = `${new Date(createdAt).toISOString().slice(0, 19).replace('T', ' ')}Z`
      const columns = [
        moment,
        kind.padEnd(22),
        stateOf(letter).padEnd(7),
        tries === 1 ? '1 try  ' : `${tries} tries`,
        failure ?? '',
      ]
      return columns.join('  ').trimEnd()
    })
    console.log(lines.length > 0 ? lines.join('\n') : 'No letter has been written.')
    return 0
  } finally {
    await database.close()
  }
}

function stateOf({ sentAt, failedAt, dueAt }: Pick<StoredLetter, 'sentAt' | 'failedAt' | 'dueAt'>): string {
  if (sentAt !== null) return 'sent'
  if (failedAt !== null) return 'failed'
  return dueAt === null ? 'mailbox' : 'waiting'
}
