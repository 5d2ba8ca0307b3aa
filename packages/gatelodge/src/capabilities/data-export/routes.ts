import { Hono } from 'hono'
import { paths } from '../../paths.ts'
import type { AppEnv } from '../../web/http/context.ts'
import { loggedIn } from '../../web/session/guards.ts'
import { answerExport } from './answer.ts'

export const dataExport = new Hono<AppEnv>()

dataExport.get(paths.export, loggedIn, (c) =>
  answerExport(c, { 'content-disposition': 'attachment; filename="gatelodge-export.json"' }),
)
