// Whether the mail server would take an email: the whole way up to the recipient, and no email. For `gatelodge doctor`.
import { once } from 'node:events'
import { type MailServer, serverOf, shippedWaits, type Waits } from './smtp.ts'

/** How far it went. `refused` says what the server answered. */
export type Tried =
  | { kind: 'would-take'; isEncrypted: boolean }
  | { kind: 'away' | 'not-logged-in'; why: string }
  | { kind: 'refused'; command: 'MAIL FROM' | 'RCPT TO'; why: string; isEncrypted: boolean }

const most = 200

/** @param addresses without names. The server gets neither DATA nor a word of an email. */
export async function tryRecipient(
  settings: MailServer,
  addresses: { from: string; to: string },
  waits: Omit<Waits, 'sending'> = shippedWaits,
): Promise<Tried> {
  const { default: SMTPConnection } = await import('nodemailer/lib/smtp-connection')
  const { auth, ...server } = serverOf(settings)
  let refusal: { command: 'MAIL FROM' | 'RCPT TO'; why: string } | undefined
  // The library's own way to send commands of ours, behind the real login.
  const envelope = async ({
    sendCommand,
  }: {
    sendCommand(text: string): Promise<{ status: number; response: string }>
  }) => {
    for (const [command, address] of [
      ['MAIL FROM', addresses.from],
      ['RCPT TO', addresses.to],
    ] as const) {
      const { status, response } = await sendCommand(`${command}:<${address}>`)
      if (status < 200 || status > 299) {
        refusal = { command, why: response.slice(0, most) }
        return
      }
    }
    await sendCommand('RSET')
  }
  const connection = new SMTPConnection({ ...waits, ...server, customAuth: { ENVELOPE: envelope } })
  const failed = once(connection, 'error').then(([error]) => textOf(error as SmtpError))
  /** @returns what went wrong: with the step, or with the connection meanwhile. */
  const step = (take: (done: (error?: Error | null) => void) => void) =>
    Promise.race([
      failed,
      new Promise<string | undefined>((resolve) => take((error) => resolve(error ? textOf(error) : undefined))),
    ])
  try {
    const away = await step((done) => connection.connect(done))
    if (away !== undefined) return { kind: 'away', why: away }
    const unknown = auth && (await step((done) => connection.login(auth, done)))
    if (unknown !== undefined) return { kind: 'not-logged-in', why: unknown }
    const gone = await step((done) => connection.login({ method: 'ENVELOPE' }, done))
    if (gone !== undefined) return { kind: 'away', why: gone }
    const isEncrypted = connection.secure
    return refusal ? { kind: 'refused', ...refusal, isEncrypted } : { kind: 'would-take', isEncrypted }
  } finally {
    connection.quit()
    connection.close()
  }
}

type SmtpError = Error & { code?: string; response?: string }

function textOf(error: SmtpError): string {
  return [error.code, error.response ?? error.message].filter(Boolean).join(': ').slice(0, most)
}
