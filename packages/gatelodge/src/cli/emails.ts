// `gatelodge emails`: what became of the latest ones. Never whom they go to, nor what they say.
import { stringify } from 'uuid'
import { spelledPlace } from '../config/database-place.ts'
import type { StoredEmail } from '../email/row-storage.ts'
import { emailStateOf } from '../email/state.ts'
import { emailRows } from '../email/storage.ts'
import type { Call } from './command.ts'
import { asJson, iso, moment, printJson } from './output.ts'
import { limit, limitFrom } from './pages.ts'
import { runVerb } from './run-verb.ts'
import type { Verb, Verbs } from './verbs.ts'

const emails: Verb = {
  words: '',
  summary: 'list the latest emails and whether they were sent',
  options: [limit, asJson],
  async run({ services, call, options }) {
    const most = limitFrom(options)
    if (most === undefined) return 2
    const found = await emailRows.latest(services.database.db, most)
    if (options.json !== undefined) printJson(found.map(emailAsJson))
    else console.log(found.length > 0 ? found.map(lineOf).join('\n') : 'There are no emails.')
    if (found.length === 0) console.error(`The database: ${spelledPlace(call.settings)}`)
    return 0
  },
}

function lineOf({ createdAt, kind, tries, failure, ...message }: StoredEmail): string {
  const count = tries === 1 ? '1 try  ' : `${tries} tries`
  const columns = [moment(createdAt), kind.padEnd(22), stateOf(message).padEnd(7), count, failure ?? '']
  return columns.join('  ').trimEnd()
}

const emailAsJson = (message: StoredEmail) => ({
  ...{ id: stringify(message.id), created_at: iso(message.createdAt), kind: message.kind, state: stateOf(message) },
  ...{ tries: message.tries, due_at: iso(message.dueAt), sent_at: iso(message.sentAt), failure: message.failure },
})

function stateOf(message: Parameters<typeof emailStateOf>[0]): string {
  const state = emailStateOf(message)
  return state === 'kept' ? 'mailbox' : state
}

export const verbs: Verbs = { '': emails }

export const run = (call: Call) => runVerb('emails', verbs, call, emails)
