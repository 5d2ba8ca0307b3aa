// The mail server: up to the recipient. Nothing is sent.
import { emailsMode } from '../../config/email-mode.ts'
import { parseMailbox } from '../../config/mailbox-address.ts'
import { type Tried, tryRecipient } from '../../email/try-recipient.ts'
import { type DoctorFinding, type DoctorInput, fault, type Look, ok, warning } from './finding.ts'

const name = 'emails'

async function lookAtMail({ settings, emailTo }: DoctorInput): Promise<DoctorFinding[]> {
  const mode = emailsMode(settings)
  if (mode === 'mailbox') return [ok(name, 'shown at /dev/mailbox, none leaves this machine')]
  if (mode === 'none') {
    const says = 'there is no mail server: nobody can verify an address or reset a password'
    return [warning(name, says, 'Set smtpUrl and mailFrom.')]
  }
  const from = parseMailbox(settings.mailFrom ?? '')?.address ?? ''
  const to = emailTo ?? from
  return [judged(await tryRecipient(settings, { from, to }), to)]
}

function judged(tried: Tried, to: string): DoctorFinding {
  switch (tried.kind) {
    case 'would-take': {
      const says = `the mail server would take an email to ${to}, ${tried.isEncrypted ? 'encrypted' : 'on this machine'}`
      return ok(name, says)
    }
    case 'refused': {
      const says = `the mail server answers ${tried.command}: ${tried.why}`
      const remedy =
        tried.command === 'MAIL FROM'
          ? 'Set mailFrom to an address that this server sends for.'
          : 'Let the server pass on emails of this machine or user; --email-to asks about another recipient.'
      return fault(name, says, remedy)
    }
    case 'not-logged-in':
      return fault(name, `the mail server refuses the login: ${tried.why}`, 'Set user and password in smtpUrl.')
    case 'away':
      return fault(
        name,
        `the mail server cannot be used: ${tried.why}`,
        'Set host and port in smtpUrl: smtp:// for 587 (STARTTLS), smtps:// for 465; let the firewall pass it; a ' +
          'certificate by an issuer of your own is named in NODE_EXTRA_CA_CERTS.',
      )
  }
}

export const mail: Look = { name, look: lookAtMail }
