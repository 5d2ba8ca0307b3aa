// All emails with sample data: what each looks like with the name, the logo, the colour and the words of this site.
import { Hono } from 'hono'
import { messageOf } from '../../email/message.ts'
import { sampleOf } from '../../email/samples.ts'
import type { EmailKind } from '../../email/template.ts'
import { paths } from '../../paths.ts'
import { page } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { failure } from '../../web/http/error-pages.tsx'
import { asMailProgram, onlyHere, withKey } from './access.tsx'
import { SamplePage, SamplesPage } from './pages.tsx'

export const samples = new Hono<AppEnv>()

samples.get(paths.emailSamples, onlyHere, withKey, (c) => {
  const kinds = Object.keys(c.get('services').emailTemplates) as EmailKind[]
  const listed = kinds.map((kind) => ({ kind, subject: sample(c, kind).subject }))
  return page(c, 200, <SamplesPage site={c.get('site')} samples={listed} />)
})

samples.get(`${paths.emailSamples}/:kind`, onlyHere, withKey, (c) => {
  const kind = kindOf(c)
  if (!kind) return failure(c, 'not-found')
  return page(c, 200, <SamplePage site={c.get('site')} kind={kind} message={sample(c, kind)} />)
})

samples.get(`${paths.emailSamples}/:kind/html`, onlyHere, withKey, (c) => {
  const kind = kindOf(c)
  return kind ? asMailProgram(c, sample(c, kind)) : failure(c, 'not-found')
})

function kindOf(c: Context): EmailKind | undefined {
  const kind = c.req.param('kind') ?? ''
  return Object.hasOwn(c.get('services').emailTemplates, kind) ? (kind as EmailKind) : undefined
}

function sample(c: Context, kind: EmailKind) {
  const { settings, text, emailTemplates: templates, clock } = c.get('services')
  const content = sampleOf(kind, templates, clock.now())
  return messageOf({ id: Buffer.alloc(16), kind }, content, { settings, text, templates })
}
