// `gatelodge emails`: what became of the latest ones. Never whom they go to, nor what they say.
import { spelledPlace } from '../config/database-place.ts'
import { emailRows, type StoredEmail } from '../email/storage.ts'
import type { Call, ExitCode } from './command.ts'
import { openDatabase } from './database.ts'

const most = 50

export async function run(call: Call): Promise<ExitCode> {
  if (call.words.length > 0) {
    console.error('Use: gatelodge emails')
    return 2
  }
  const database = await openDatabase(call)
  if (!database) return 1
  try {
    const emails = await emailRows.latest(database.db, most)
    const lines = emails.map(({ createdAt, kind, tries, failure, ...message }) => {
      const moment = `${new Date(createdAt).toISOString().slice(0, 19).replace('T', ' ')}Z`
      const columns = [
        moment,
        kind.padEnd(22),
        stateOf(message).padEnd(7),
        tries === 1 ? '1 try  ' : `${tries} tries`,
        failure ?? '',
      ]
      return columns.join('  ').trimEnd()
    })
    console.log(lines.length > 0 ? lines.join('\n') : 'There are no emails.')
    if (lines.length === 0) console.error(`The database: ${spelledPlace(call.settings)}`)
    return 0
  } finally {
    await database.close()
  }
}

function stateOf({ sentAt, failedAt, dueAt }: Pick<StoredEmail, 'sentAt' | 'failedAt' | 'dueAt'>): string {
  if (sentAt !== null) return 'sent'
  if (failedAt !== null) return 'failed'
  return dueAt === null ? 'mailbox' : 'waiting'
}
