// How far imports are.
import { Hono } from 'hono'
import { paths } from '../../paths.ts'
import { page } from '../../web/http/answer.ts'
import type { AppEnv } from '../../web/http/context.ts'
import { administrator, frameOf } from '../../web/session/administrator.ts'
import { ImportsPage } from './imports.pages.tsx'
import { pageOfImports } from './imports.rules.ts'

export const imports = new Hono<AppEnv>()

imports.get(paths.consoleImports, administrator, async (c) => {
  const { services } = c.var
  const before = c.req.query('before')
  const listed = await pageOfImports(services, before)
  const props = { frame: await frameOf(c), isLater: before !== undefined, now: services.clock.now() }
  return page(c, 200, <ImportsPage {...props} {...listed} />)
})
