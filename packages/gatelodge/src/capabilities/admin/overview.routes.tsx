import { Hono } from 'hono'
import { paths } from '../../paths.ts'
import { page } from '../../web/http/answer.ts'
import type { AppEnv } from '../../web/http/context.ts'
import { administrator, frameOf } from '../../web/session/administrator.ts'
import { OverviewPage } from './overview.pages.tsx'
import { overviewOf } from './overview.rules.ts'

export const overview = new Hono<AppEnv>()

overview.get(paths.console, administrator, async (c) => {
  const overview = await overviewOf(c.get('services'))
  return page(c, 200, <OverviewPage frame={await frameOf(c)} overview={overview} />)
})
