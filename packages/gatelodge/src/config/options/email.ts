// Written from config/settings/ by `npm run docs`: what an editor shows of each setting.
import type { SettingsInput } from '../schema.ts'

export interface EmailOptions {
  /**
   * The mail server: `smtp://user:password@host:587` (STARTTLS is required) or `smtps://user:password@host:465`. Only a server on this machine may be used without TLS. Default: none. In development on this machine, emails then appear at `/dev/mailbox`. Elsewhere everything that needs email is turned off, and the pages say so.
   *
   * A URL.
   * @example smtp://gatelodge:password@mail.example.org:587
   */
  smtpUrl?: SettingsInput['smtpUrl'] | undefined
  /**
   * The host name that Gatelodge gives to the mail server (EHLO, RFC 5321). Some servers refuse a name that is not in the DNS. Default: the host of `baseUrl`.
   *
   * A host name.
   * @example accounts.example.org
   */
  smtpEhloName?: SettingsInput['smtpEhloName'] | undefined
  /**
   * The sender of emails, with or without a name: `Acme Books <hello@example.org>`. Without a name, `siteName` is used. Required with `smtpUrl`. Default in development: `no-reply@localhost`.
   *
   * An email address, or `Name <address>`.
   * @example hello@example.org
   */
  mailFrom?: SettingsInput['mailFrom'] | undefined
  /**
   * How many emails an hour people can request for one email address. After that no email is sent: a request to reset a password gets the usual answer, and a request to send an email again gets 429.
   *
   * A whole number from 1 to 1000.
   * @default 3
   * @example 5
   */
  emailsPerAddressHour?: SettingsInput['emailsPerAddressHour'] | undefined
  /**
   * The same limit for 24 hours.
   *
   * A whole number from 1 to 1000.
   * @default 8
   * @example 20
   */
  emailsPerAddressDay?: SettingsInput['emailsPerAddressDay'] | undefined
  /**
   * How many such emails an hour one IP address can request (for IPv6: its /64 network).
   *
   * A whole number from 1 to 100000.
   * @default 20
   * @example 100
   */
  emailsPerClient?: SettingsInput['emailsPerClient'] | undefined
}
