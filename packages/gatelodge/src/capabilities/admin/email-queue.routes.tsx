import { Hono } from 'hono'
import { paths } from '../../paths.ts'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv } from '../../web/http/context.ts'
import { failure } from '../../web/http/error-pages.tsx'
import { administrator, administratorActing, frameOf, orderOf } from '../../web/session/administrator.ts'
import { ActPage } from './act.pages.tsx'
import { nobody, perform } from './acts.ts'
import { EmailsPage } from './email-queue.pages.tsx'
import { findEmail, pageOfEmails, sendEmailAgain } from './email-queue.rules.ts'

export const emailQueue = new Hono<AppEnv>()

emailQueue.get(paths.consoleEmails, administrator, async (c) => {
  const { services } = c.var
  const { state, before } = c.req.query()
  const listed = await pageOfEmails(services, { state, before })
  const props = { frame: await frameOf(c), isLater: before !== undefined, now: services.clock.now() }
  return page(c, 200, <EmailsPage {...props} {...listed} />)
})

const oneEmail = `${paths.consoleEmails}/:id/send-again` as const

emailQueue.get(oneEmail, administratorActing, async (c) => {
  const { services, site } = c.var
  const email = await findEmail(services, c.req.param('id'))
  if (!email) return failure(c, 'not-found')
  const account = email.accountId ? await services.accounts.findById(services.database.db, email.accountId) : undefined
  const props = {
    ...{ frame: await frameOf(c), words: site.text.console.acts['send-email-again'], path: c.req.path, account },
    back: { path: paths.consoleEmails, label: site.text.console.emails.title },
    ...{ fields: [], values: {}, groups: [], asksWhy: false, isGrave: false },
  }
  return page(c, 200, <ActPage {...props} />)
})

emailQueue.post(oneEmail, administrator, async (c) => {
  const { services } = c.var
  const outcome = await perform(sendEmailAgain, services, await orderOf(c), nobody, { email: c.req.param('id') })
  if (outcome.kind === 'no-email') return failure(c, 'not-found')
  const isDone = outcome.kind === 'done'
  const notice = isDone
    ? ({ code: 'act-done', act: sendEmailAgain.name } as const)
    : ({ code: 'act-refused', why: outcome.kind } as const)
  return seeOther(c, paths.consoleEmails, { notice })
})
