// How emails are sent, and how many.
import { smtpAddress } from '../addresses.ts'
import { mailboxAddress } from '../mailbox-address.ts'
import { mailHostName } from '../networks.ts'
import { wholeNumber } from '../values.ts'

export const emails = {
  smtpUrl: smtpAddress.optional().meta({
    description:
      'The server that takes emails: `smtp://user:password@host:587` (STARTTLS is demanded) or `smtps://user:password@host:465`. Only a server ' +
      'on this machine may go without TLS. Default: none. In development on this machine emails then appear at `/dev/mailbox`; elsewhere ' +
      'all that needs emails is switched off, and the pages say so.',
    example: 'smtp://gatelodge:password@mail.example.org:587',
    secret: true,
  }),
  smtpEhloName: mailHostName.optional().meta({
    description:
      'The name by which Gatelodge greets the mail server (EHLO, RFC 5321). Some servers refuse a name that is not in the DNS. ' +
      'Default: the host of `baseUrl`.',
    example: 'accounts.example.org',
  }),
  mailFrom: mailboxAddress.optional().meta({
    description:
      'The address that emails come from, alone or with a name: `Acme Books <hello@example.org>`. Without a name, `siteName` stands beside it. ' +
      'Needed with `smtpUrl`. Default in development: `no-reply@localhost`.',
    example: 'hello@example.org',
  }),
  emailsPerAddressHour: wholeNumber(1, 1_000)
    .default(3)
    .meta({
      description:
        'So many emails an hour go to one address because someone asked for them. Beyond it no email is sent: a forgotten password is answered ' +
        'as always, an email sent again with 429.',
      example: '5',
    }),
  emailsPerAddressDay: wholeNumber(1, 1_000).default(8).meta({
    description: 'The same for 24 hours.',
    example: '20',
  }),
  emailsPerClient: wholeNumber(1, 100_000).default(20).meta({
    description: 'So many such emails an hour may be asked for from one client address (for IPv6 its /64 network).',
    example: '100',
  }),
}
