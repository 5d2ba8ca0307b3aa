import { Hono } from 'hono'
import { stringify } from 'uuid'
import { paths } from '../../paths.ts'
import { deviceName } from '../../text/device-name.ts'
import type { Text } from '../../text/text.ts'
import { answer, page } from '../../web/http/answer.ts'
import type { AppEnv } from '../../web/http/context.ts'
import { csvLine } from '../../web/http/csv.ts'
import { privateAnswer } from '../../web/http/headers.ts'
import { administrator, frameOf, orderOf } from '../../web/session/administrator.ts'
import { SiteActivityPage } from './site-activity.pages.tsx'
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

siteActivity.get(paths.consoleActivityDownload, administrator, async (c) => {
  const { services } = c.var
  const pieces = await takeActivity(services, await orderOf(c), activityFilters(c.req.query()))
  return answer(c, 200, ReadableStream.from(file(services.text, pieces)).pipeThrough(new TextEncoderStream()), {
    ...privateAnswer,
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': 'attachment; filename="gatelodge-activity.csv"',
  })
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
