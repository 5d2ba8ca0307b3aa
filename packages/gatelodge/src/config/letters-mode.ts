// Where letters go.
import type { Settings } from './schema.ts'
import { loopback } from './server-url.ts'

/** `smtp`: they leave. `mailbox`: they are shown at /dev/mailbox. `none`: there are none, and pages say so. */
export type LettersMode = 'smtp' | 'mailbox' | 'none'

export function lettersMode({ smtpUrl, mode, baseUrl }: Pick<Settings, 'smtpUrl' | 'mode' | 'baseUrl'>): LettersMode {
  if (smtpUrl) return 'smtp'
  // A site that a network reaches must not show its letters, even where somebody forgot to say that it is no trial.
  return mode === 'development' && loopback.has(new URL(baseUrl).hostname) ? 'mailbox' : 'none'
}
