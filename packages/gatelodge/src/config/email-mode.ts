// Where emails go.
import type { Settings } from './schema.ts'
import { loopback } from './server-url.ts'

/** `smtp`: they leave. `mailbox`: they are shown at /dev/mailbox. `none`: there are none, and pages say so. */
export type EmailsMode = 'smtp' | 'mailbox' | 'none'

export function emailsMode({ smtpUrl, mode, baseUrl }: Pick<Settings, 'smtpUrl' | 'mode' | 'baseUrl'>): EmailsMode {
  if (smtpUrl) return 'smtp'
  // A site that a network reaches must not show its emails, even where someone forgot to say that it is no trial.
  return mode === 'development' && loopback.has(new URL(baseUrl).hostname) ? 'mailbox' : 'none'
}

/** Nobody adds a second factor before they have confirmed their address, so a site that demands one demands the other. */
export function demandsVerifiedEmail(
  settings: Pick<Settings, 'requireVerifiedEmail' | 'secondFactor' | 'smtpUrl' | 'mode' | 'baseUrl'>,
): boolean {
  return settings.requireVerifiedEmail || (settings.secondFactor === 'required' && emailsMode(settings) !== 'none')
}
