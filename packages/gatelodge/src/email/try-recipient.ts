// Whether the mail server would take an email: the whole way up to the recipient, and no email. For `gatelodge doctor`.
import { once } from 'node:events'
import { type MailServer, serverOf, shippedWaits, type Waits } from './smtp.ts'

/** How far it went. `refused` says what the server answered. */
export type Tried =
  | { kind: 'would-take'; isEncrypted: boolean }
  | { kind: 'away' | 'not-logged-in'; why: string }
  | ({ kind: 'refused'; isEncrypted: boolean } & Refusal)

const most = 200

/** @param addresses without names. The server gets neither DATA nor a word of an email. */
export async function tryRecipient(
  settings: MailServer,
  addresses: { from: string; to: string },
  waits: Omit<Waits, 'sending'> = shippedWaits,
): Promise<Tried> {
  const { default: SMTPConnection } = await import('nodemailer/lib/smtp-connection')
  const { auth, ...server } = serverOf(settings)
  let refusal: Refusal | undefined
  // The library's own way to send commands of ours, behind the real login.
  const ENVELOPE = async ({ sendCommand }: { sendCommand: SendCommand }) => {
    refusal = await askFor(addresses, sendCommand)
  }
  const connection = new SMTPConnection({ ...waits, ...server, customAuth: { ENVELOPE } })
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

type SendCommand = (text: string) => Promise<{ status: number; response: string }>

interface Refusal {
  command: 'MAIL FROM' | 'RCPT TO'
  why: string
}

async function askFor({ from, to }: { from: string; to: string }, send: SendCommand): Promise<Refusal | undefined> {
  const commands = { 'MAIL FROM': from, 'RCPT TO': to }
  for (const [command, address] of Object.entries(commands) as [Refusal['command'], string][]) {
    const { status, response } = await send(`${command}:<${address}>`)
    if (status < 200 || status > 299) return { command, why: response.slice(0, most) }
  }
  await send('RSET')
  return undefined
}

type SmtpError = Error & { code?: string; response?: string }

function textOf(error: SmtpError): string {
  return [error.code, error.response ?? error.message].filter(Boolean).join(': ').slice(0, most)
}
