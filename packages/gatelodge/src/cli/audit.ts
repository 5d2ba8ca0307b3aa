// `gatelodge audit [ADDRESS]`: the record, the newest in front.
import { stringify } from 'uuid'
import type { SiteRecord } from '../identity/audit/storage.ts'
import { idFrom } from '../identity/ids.ts'
import { deviceName } from '../text/device-name.ts'
import type { Text } from '../text/text.ts'
import type { Call } from './command.ts'
import { asJson, iso, moment, printJson, table } from './output.ts'
import { after, limit, limitFrom } from './pages.ts'
import { runVerb } from './run-verb.ts'
import type { Verb, Verbs } from './verbs.ts'
import { findAccount } from './whose.ts'

const audit: Verb = {
  words: '[ADDRESS]',
  summary: 'print the record of the site, or of one account, the newest in front',
  options: [limit, after, asJson],
  async run(asked) {
    const { services, words, options } = asked
    const most = limitFrom(options)
    const before = options.after === undefined ? undefined : idFrom(options.after)
    if (options.after !== undefined && !before)
      console.error('--after is the id of a record, which the page before printed.')
    if (most === undefined || (options.after !== undefined && !before)) return 2
    const account = words[0] === undefined ? undefined : await findAccount(asked, words[0])
    if (typeof account === 'number') return account
    const found = await services.audit.latest({ account: account?.id, before, most: most + 1 })
    const [records, next] = [found.slice(0, most), found.length > most ? found[most - 1]?.id : undefined]
    if (options.json !== undefined)
      printJson({ records: records.map(recordAsJson), next: next ? stringify(next) : null })
    else {
      const rows = records.map((record) => rowOf(services.text, record))
      console.log(rows.length > 0 ? table([heads, ...rows]) : 'There is no record.')
      if (next) console.error(`There are more: --after ${stringify(next)}`)
    }
    return 0
  },
}

const heads = ['TIME', 'EVENT', 'ACCOUNT', 'BY', 'ABOUT', 'WHY', 'DEVICE', 'IP ADDRESS']

function rowOf(text: Text, { at, event, accountId, actor, reason, note, device, clientAddress }: SiteRecord) {
  const about = [moment(at), event, accountId ? stringify(accountId) : '-', actor ?? '-', reason ?? '-', note ?? '-']
  return [...about, deviceName(text, device), clientAddress || '-']
}

const recordAsJson = (record: SiteRecord) => ({
  ...{ id: stringify(record.id), at: iso(record.at), event: record.event, outcome: record.outcome },
  ...{ account: record.accountId && stringify(record.accountId), actor: record.actor, note: record.note },
  ...{ reason: record.reason, methods: record.methods, device: record.device, ip_address: record.clientAddress },
})

export const verbs: Verbs = { '': audit }

export const run = (call: Call) => runVerb('audit', verbs, call, audit)
