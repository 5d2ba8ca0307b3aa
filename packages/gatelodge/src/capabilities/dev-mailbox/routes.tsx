// While one develops without a mail server, emails are read here, from this machine and with a key. In production, on a
// site that a network reaches, and where emails are sent, these pages do not exist.
import { Hono, type MiddlewareHandler } from 'hono'
import { parse, stringify, validate } from 'uuid'
import { headersOf } from '../../email/headers.ts'
import { messageOf } from '../../email/message.ts'
import type { StoredEmail } from '../../email/row-storage.ts'
import { paths } from '../../paths.ts'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { failure } from '../../web/http/error-pages.tsx'
import { asMailProgram, onlyHere, withKey } from './access.tsx'
import { isKey, rememberKey } from './key.ts'
import { EmailPage, MailboxPage } from './pages.tsx'

export const mailbox = new Hono<AppEnv>()

const most = 100

/** The link that the start prints. The key goes into a cookie, and out of the address bar. */
const fromLink: MiddlewareHandler<AppEnv> = async (c, next) => {
  const given = c.req.query('key')
  if (given === undefined || !isKey(c, given)) return next()
  rememberKey(c, given)
  return seeOther(c, paths.mailbox)
}

mailbox.get(paths.mailbox, onlyHere, fromLink, withKey, async (c) => {
  const { services, site } = c.var
  const all = await services.emails.latest(services.database.db, most)
  const opened = all.flatMap((email) => {
    const message = read(c, email)
    return message ? [{ id: stringify(email.id), at: email.createdAt, ...message }] : []
  })
  return page(c, 200, <MailboxPage site={site} emails={opened} now={services.clock.now()} />)
})

mailbox.get(`${paths.mailbox}/:id`, onlyHere, withKey, async (c) => {
  const message = await find(c)
  if (!message) return failure(c, 'not-found')
  const id = c.req.param('id')
  return page(c, 200, <EmailPage site={c.get('site')} id={id} message={message} headers={await headersOf(message)} />)
})

mailbox.get(`${paths.mailbox}/:id/html`, onlyHere, withKey, async (c) => {
  const message = await find(c)
  return message ? asMailProgram(c, message) : failure(c, 'not-found')
})

async function find(c: Context) {
  const id = c.req.param('id') ?? ''
  const { emails, database } = c.get('services')
  const email = validate(id) ? await emails.find(database.db, Buffer.from(parse(id))) : undefined
  return email && read(c, email)
}

function read(c: Context, email: StoredEmail) {
  const { emails, settings, text, emailTemplates: templates } = c.get('services')
  const content = emails.open(email.sealed)
  return content && messageOf(email, content, { settings, text, templates })
}
