// What is recorded of the whole site: a page, and a file of it. Taking the file is recorded, and the data leave the site: so its
// button posts, behind a fresh proof, and no link of another site does it (ASVS V3.5.3).
import { Hono } from 'hono'
import { stringify } from 'uuid'
import { paths } from '../../paths.ts'
import { deviceName } from '../../text/device-name.ts'
import type { Text } from '../../text/text.ts'
import { page } from '../../web/http/answer.ts'
import type { AppEnv } from '../../web/http/context.ts'
import { csvFile, csvLine } from '../../web/http/csv.ts'
import { administrator, administratorActing, frameOf, orderOf } from '../../web/session/administrator.ts'
import { ActivityDownloadPage, SiteActivityPage } from './site-activity.pages.tsx'
import { activityFilters, type NamedRecord, pageOfActivity, takeActivity } from './site-activity.rules.ts'

export const siteActivity = new Hono<AppEnv>()

siteActivity.get(paths.consoleActivity, administrator, async (c) => {
  const { services } = c.var
  const { before, ...asked } = c.req.query()
  const filters = activityFilters(asked)
  const listed = await pageOfActivity(services, filters, before)
  const props = { frame: await frameOf(c), filters, isLater: before !== undefined, now: services.clock.now() }
  return page(c, 200, <SiteActivityPage {...props} {...listed} />)
})

siteActivity.get(paths.consoleActivityDownload, administratorActing, async (c) => {
  const filters = activityFilters(c.req.query())
  return page(c, 200, <ActivityDownloadPage frame={await frameOf(c)} filters={filters} columns={columns} />)
})

siteActivity.post(paths.consoleActivityDownload, administrator, async (c) => {
  const { services } = c.var
  const pieces = await takeActivity(services, await orderOf(c), activityFilters(c.req.query()))
  return csvFile(c, 'gatelodge-activity.csv', file(services.text, pieces))
})

/** Not in the language of the pages: programs read it. */
const columns = [
  'id',
  'time',
  'event',
  'outcome',
  'account',
  'name',
  'email',
  'by',
  'about',
  'reason',
  'device',
  'ip_address',
]

async function* file(text: Text, pieces: AsyncIterable<NamedRecord[]>): AsyncGenerator<string> {
  yield csvLine(columns)
  for await (const records of pieces) yield records.map((record) => csvLine(cellsOf(text, record))).join('')
}

function cellsOf(text: Text, { id, at, event, outcome, accountId, known, ...record }: NamedRecord): string[] {
  const whose = [accountId ? stringify(accountId) : '', known?.name ?? '', known?.email ?? '']
  const why = [record.actor ?? '', record.reason ?? '', record.note ?? '']
  const from = [deviceName(text, record.device), record.clientAddress]
  return [stringify(id), new Date(at).toISOString(), event, outcome, ...whose, ...why, ...from]
}
