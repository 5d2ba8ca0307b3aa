import { Hono } from 'hono'
import type { AppEnv } from '../../web/context.ts'
import { loggedIn } from '../../web/guards.ts'
import { paths } from '../../web/paths.ts'
import { answerExport } from './answer.ts'

export const dataExport = new Hono<AppEnv>()

dataExport.get(paths.export, loggedIn, (c) =>
  answerExport(c, { 'content-disposition': 'attachment; filename="gatelodge-export.json"' }),
)
