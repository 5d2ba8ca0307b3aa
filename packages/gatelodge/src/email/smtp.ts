// The way out: one mail server, over TLS unless it is this very machine, with a limit on every wait.

import { isIP } from 'node:net'
import { serverUrl } from '../config/addresses.ts'
import type { Settings } from '../config/schema.ts'
import { seconds } from '../time.ts'
import type { Message } from './message.ts'
import { plainPart } from './plain-part.ts'

/** How many emails are on their way at once. */
export const lanes = 5

export const shippedWaits = {
  connectionTimeout: seconds(10),
  greetingTimeout: seconds(10),
  socketTimeout: seconds(20),
  dnsTimeout: seconds(10),
  /** All of one email's way out; then it counts as not sent. Far below the time for which it is taken from the others. */
  sending: seconds(45),
}

export type Waits = typeof shippedWaits

export interface Transport {
  /** @throws {NotSent} */
  send(message: Message): Promise<void>
  /** Also gives up what is on its way. */
  close(): void
}

/** The email did not leave, as far as we know. */
export class NotSent extends Error {
  override name = 'NotSent'
  /** For the log and the operator: a code, never an address. */
  readonly reason: string
  /** `away`: no email would have been taken. `later`: this one was not taken now. `never`: nor will it be. */
  readonly kind: 'away' | 'later' | 'never'

  constructor(reason: string, kind: NotSent['kind']) {
    super(reason)
    this.reason = reason
    this.kind = kind
  }
}

export type MailServer = Pick<Settings, 'smtpUrl' | 'smtpEhloName' | 'baseUrl'>

/** Loaded only where there is a server: nodemailer is large. */
export async function connectSmtp(settings: MailServer, waits: Waits = shippedWaits): Promise<Transport> {
  const { createTransport } = await import('nodemailer')
  const { sending, ...others } = waits
  const server = serverOf(settings)
  const pool = createTransport({ pool: true, maxConnections: lanes, maxRequeues: 0, ...others, ...server })
  return {
    async send(message) {
      const patience = AbortSignal.timeout(sending)
      try {
        const text = plainPart(message.text)
        await pool.sendMail({ ...message, text, signal: patience, disableFileAccess: true, disableUrlAccess: true })
      } catch (error) {
        throw patience.aborted ? new NotSent('took too long', 'away') : notSent(error as SmtpError)
      }
    },
    close: () => pool.close({ force: true }),
  }
}

/** ASVS V12.3.1: where the server offers no TLS, the email stays here; there is no falling back. */
export function serverOf({ smtpUrl = '', smtpEhloName, baseUrl }: MailServer) {
  const { scheme, user, password, host, port, isLoopback } = serverUrl(smtpUrl)
  const secure = scheme === 'smtps'
  return {
    name: smtpEhloName ?? hostOf(baseUrl),
    host,
    port: port ?? (secure ? 465 : 587),
    secure,
    requireTLS: !secure && !isLoopback,
    // A server on this machine may offer TLS with a certificate that nobody knows.
    ignoreTLS: isLoopback,
    ...(user && { auth: { user, pass: password } }),
  }
}

/** As EHLO takes it: an address stands in brackets (RFC 5321, 4.1.3). */
function hostOf(baseUrl: string): string {
  const { hostname } = new URL(baseUrl)
  if (hostname.startsWith('[')) return `[IPv6:${hostname.slice(1)}`
  return isIP(hostname) ? `[${hostname}]` : hostname
}

interface SmtpError extends Error {
  code?: string
  command?: string
  responseCode?: number
}

/**
 * 5xx for this recipient or this email is final (RFC 5321, 4.2.1); for our name, our password or our address it is a
 * setting that can be mended. 421 is the server itself going away.
 */
function notSent({ code = 'unknown', command, responseCode = 0 }: SmtpError): NotSent {
  const reason = [code, command, responseCode].filter(Boolean).join(' ').slice(0, 100)
  const isOfTheEmail = (command === 'RCPT TO' || command === 'DATA') && responseCode >= 400 && responseCode !== 421
  if (!isOfTheEmail) return new NotSent(reason, 'away')
  return new NotSent(reason, responseCode >= 500 && responseCode !== 503 ? 'never' : 'later')
}
