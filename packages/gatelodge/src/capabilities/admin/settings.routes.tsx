import { Hono } from 'hono'
import { paths } from '../../paths.ts'
import { page } from '../../web/http/answer.ts'
import type { AppEnv } from '../../web/http/context.ts'
import { administrator, frameOf } from '../../web/session/administrator.ts'
import { SettingsPage } from './settings.pages.tsx'

export const settingsPage = new Hono<AppEnv>()

settingsPage.get(paths.consoleSettings, administrator, async (c) => {
  const { settings, settingSources } = c.get('services')
  return page(c, 200, <SettingsPage frame={await frameOf(c)} settings={settings} sources={settingSources} />)
})
