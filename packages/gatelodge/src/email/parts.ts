// What an email is made of, before it is text or HTML.
import type { BrandColor } from '../config/branding.ts'
import type { EmailText } from '../text/en/emails.ts'

export interface EmailSite {
  name: string
  baseUrl: string
  support: string | undefined
  /** Of buttons and links; undefined: ours. */
  brandColor?: BrandColor | undefined
}

/** What an email is made of, as text and as HTML. */
export interface Parts extends EmailText {
  greeting: string
  url: string | undefined
  resetUrl: string
  /** What a notice tells: when, on which device, from where. */
  facts: [string, string][]
  foot: string[]
  site: EmailSite
}
