// How emails are sent, and how many.
import { smtpAddress } from '../addresses.ts'
import { mailboxAddress } from '../mailbox-address.ts'
import { mailHostName } from '../networks.ts'
import { wholeNumber } from '../values.ts'

export const email = {
  smtpUrl: smtpAddress.optional().meta({
    description:
      'The mail server: `smtp://user:password@host:587` (STARTTLS is required) or `smtps://user:password@host:465`. Only a server on ' +
      'this machine may be used without TLS. Default: none. In development on this machine, emails then appear at `/dev/mailbox`. ' +
      'Elsewhere everything that needs email is turned off, and the pages say so.',
    example: 'smtp://gatelodge:password@mail.example.org:587',
    secret: true,
  }),
  smtpEhloName: mailHostName.optional().meta({
    description:
      'The host name that Gatelodge gives to the mail server (EHLO, RFC 5321). Some servers refuse a name that is not in the DNS. ' +
      'Default: the host of `baseUrl`.',
    example: 'accounts.example.org',
  }),
  mailFrom: mailboxAddress.optional().meta({
    description:
      'The sender of emails, with or without a name: `Acme Books <hello@example.org>`. Without a name, `siteName` is used. Required ' +
      'with `smtpUrl`. Default in development: `no-reply@localhost`.',
    example: 'hello@example.org',
  }),
  emailsPerAddressHour: wholeNumber(1, 1_000)
    .default(3)
    .meta({
      description:
        'How many emails an hour people can request for one email address. After that no email is sent: a request to reset a password ' +
        'gets the usual answer, and a request to send an email again gets 429.',
      example: '5',
    }),
  emailsPerAddressDay: wholeNumber(1, 1_000).default(8).meta({
    description: 'The same limit for 24 hours.',
    example: '20',
  }),
  emailsPerClient: wholeNumber(1, 100_000).default(20).meta({
    description: 'How many such emails an hour one IP address can request (for IPv6: its /64 network).',
    example: '100',
  }),
}
