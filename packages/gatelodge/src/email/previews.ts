// Every email with sample data, for people who build a site to look at.
import { hours } from '../time.ts'
import type { EmailContent } from './queue.ts'
import type { EmailKind, EmailTemplates } from './template.ts'

/** @param at the moment that notices name. */
export function previewOf(kind: EmailKind, templates: EmailTemplates, at: number): EmailContent {
  return {
    at,
    // A name goes to nobody who might be a stranger.
    to: { name: templates[kind]?.toStranger ? '' : 'Ada Lovelace', address: 'ada@example.org' },
    otherEmail: 'countess@example.org',
    provider: 'Google',
    link: { token: 'sample-'.repeat(7).slice(0, 43), life: hours(24) },
    otherWays: { passkeys: 1, providers: ['Google'] },
    device: { browser: 'Firefox', system: 'Linux' },
    clientAddress: '192.0.2.1',
  }
}
