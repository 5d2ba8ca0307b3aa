// `gatelodge letters`: what became of the latest ones. Never whom they go to, nor what they say.
import { spelledPlace } from '../config/database-place.ts'
import { letterRows, type StoredLetter } from '../mail/storage.ts'
import type { Call, ExitCode } from './command.ts'
import { openDatabase } from './database.ts'

const most = 50

export async function run(call: Call): Promise<ExitCode> {
  if (call.words.length > 0) {
    console.error('Use: gatelodge letters')
    return 2
  }
  const database = await openDatabase(call)
  if (!database) return 1
  try {
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
    if (lines.length === 0) console.error(`This was looked up in: ${spelledPlace(call.settings)}`)
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
