// How letters leave, and how many.
import { smtpAddress } from '../addresses.ts'
import { mailboxAddress } from '../mailbox-address.ts'
import { mailHostName } from '../networks.ts'
import { wholeNumber } from '../values.ts'

export const letters = {
  smtpUrl: smtpAddress.optional().meta({
    description:
      'The server that takes letters: `smtp://user:password@host:587` (STARTTLS is demanded) or `smtps://user:password@host:465`. Only a server ' +
      'on this machine may go without TLS. Default: none. In development on this machine letters then appear at `/dev/mailbox`; elsewhere ' +
      'all that needs letters is switched off, and the pages say so.',
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
  lettersPerAddressHour: wholeNumber(1, 1_000)
    .default(3)
    .meta({
      description:
        'So many letters an hour go to one address because somebody asked for them. Beyond it no letter leaves: a forgotten password is answered ' +
        'as always, a letter sent again with 429.',
      example: '5',
    }),
  lettersPerAddressDay: wholeNumber(1, 1_000).default(8).meta({
    description: 'The same for 24 hours.',
    example: '20',
  }),
  lettersPerClient: wholeNumber(1, 100_000).default(20).meta({
    description: 'So many such letters an hour may be asked for from one client address (for IPv6 its /64 network).',
    example: '100',
  }),
}
