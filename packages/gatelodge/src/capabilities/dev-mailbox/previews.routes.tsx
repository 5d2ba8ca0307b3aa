// All emails with sample data: what each looks like with the name, the logo, the colour and the words of this site.
import { Hono } from 'hono'
import { messageOf } from '../../email/message.ts'
import { previewOf } from '../../email/previews.ts'
import type { EmailKind } from '../../email/template.ts'
import { paths } from '../../paths.ts'
import { page } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { failure } from '../../web/http/error-pages.tsx'
import { asMailProgram, onlyHere, withKey } from './access.tsx'
import { PreviewPage, PreviewsPage } from './pages.tsx'

export const previews = new Hono<AppEnv>()

previews.get(paths.emailPreviews, onlyHere, withKey, (c) => {
  const kinds = Object.keys(c.get('services').emailTemplates) as EmailKind[]
  const listed = kinds.map((kind) => ({ kind, subject: preview(c, kind).subject }))
  return page(c, 200, <PreviewsPage site={c.get('site')} previews={listed} />)
})

previews.get(`${paths.emailPreviews}/:kind`, onlyHere, withKey, (c) => {
  const kind = kindOf(c)
  if (!kind) return failure(c, 'not-found')
  return page(c, 200, <PreviewPage site={c.get('site')} kind={kind} message={preview(c, kind)} />)
})

previews.get(`${paths.emailPreviews}/:kind/html`, onlyHere, withKey, (c) => {
  const kind = kindOf(c)
  return kind ? asMailProgram(c, preview(c, kind)) : failure(c, 'not-found')
})

function kindOf(c: Context): EmailKind | undefined {
  const kind = c.req.param('kind') ?? ''
  return Object.hasOwn(c.get('services').emailTemplates, kind) ? (kind as EmailKind) : undefined
}

function preview(c: Context, kind: EmailKind) {
  const { settings, text, emailTemplates: templates, clock } = c.get('services')
  const content = previewOf(kind, templates, clock.now())
  return messageOf({ id: Buffer.alloc(16), kind }, content, { settings, text, templates })
}
