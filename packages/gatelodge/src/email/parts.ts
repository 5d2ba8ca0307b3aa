// What an email is made of, before it is text or HTML.
import type { BrandColor } from '../config/branding.ts'
import type { Text } from '../text/text.ts'
import type { EmailLogo } from './logo.ts'
import type { EmailTemplates } from './template.ts'
import type { EmailWords } from './words.ts'

export interface EmailSite {
  name: string
  text: Text
  /** Of all capabilities. */
  templates: EmailTemplates
  baseUrl: string
  support: string | undefined
  /** Of buttons and links; undefined: ours. */
  brandColor?: BrandColor | undefined
  /** Before the name; undefined: the name alone. */
  logo?: Pick<EmailLogo, 'width' | 'height'> | undefined
}

/** What an email is made of, as text and as HTML. */
export interface Parts extends EmailWords {
  greeting: string
  url: string | undefined
  resetUrl: string
  /** What a notice says: when, on which device, from where. */
  facts: [string, string][]
  foot: string[]
  site: EmailSite
}
