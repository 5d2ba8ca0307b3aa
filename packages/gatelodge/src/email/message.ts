// A rendered email as nodemailer takes it: one recipient, by name and address apart, and an envelope that says it again.
import { stringify } from 'uuid'
import { parseMailbox } from '../config/mailbox-address.ts'
import type { Settings } from '../config/schema.ts'
import type { Text } from '../text/text.ts'
import { type EmailLogo, emailLogo, logoId } from './logo.ts'
import type { EmailSite } from './parts.ts'
import type { EmailContent } from './queue.ts'
import { renderEmail } from './render.tsx'
import type { EmailKind, EmailTemplates } from './template.ts'

export interface Sender {
  settings: Pick<
    Settings,
    'siteName' | 'baseUrl' | 'basePath' | 'supportEmail' | 'mailFrom' | 'brandColor' | 'siteLogo'
  >
  text: Text
  templates: EmailTemplates
}

interface Named {
  name: string
  address: string
}

interface Attached {
  filename: string
  content: Buffer
  contentType: string
  contentDisposition: 'inline'
  cid: string
}

export interface Message {
  from: Named
  to: Named
  envelope: { from: Named; to: [Named] }
  subject: string
  text: string
  html: string
  /** The logo, where there is one. */
  attachments?: [Attached]
  messageId: string
  date: Date
  replyTo?: Named
  headers: Record<string, string>
}

/** Never a string for an address: what stands in it would be parsed, and a comma would make two of one (ASVS V1.3.11). */
export function messageOf(
  message: { id: Buffer; kind: EmailKind },
  content: EmailContent,
  { settings, text, templates }: Sender,
): Message {
  const logo = emailLogo(settings.siteLogo)
  const site: EmailSite = {
    name: settings.siteName,
    text,
    templates,
    baseUrl: settings.baseUrl + settings.basePath,
    support: settings.supportEmail,
    brandColor: settings.brandColor,
    logo,
  }
  const from = senderOf(settings)
  return {
    from,
    to: content.to,
    envelope: { from, to: [content.to] },
    ...renderEmail(message.kind, content, site),
    ...(logo && { attachments: [attached(logo)] }),
    // The same at each try: a mail server that took it twice can tell.
    messageId: `<${stringify(message.id)}@${from.address.split('@')[1]}>`,
    date: new Date(content.at),
    ...(settings.supportEmail && { replyTo: { name: settings.siteName, address: settings.supportEmail } }),
    // So that nobody's out-of-office note answers it (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
  }
}

function attached({ content, type }: EmailLogo): Attached {
  const filename = `logo.${type === 'image/png' ? 'png' : 'jpg'}`
  return { filename, content, contentType: type, contentDisposition: 'inline', cid: logoId }
}

function senderOf({ mailFrom = 'no-reply@localhost', siteName }: Pick<Settings, 'mailFrom' | 'siteName'>): Named {
  const { name = siteName, address = mailFrom } = parseMailbox(mailFrom) ?? {}
  return { name, address }
}
