// The headers of an email as a mail server would get them: for the mailbox of development.
import type { Message } from './message.ts'

export async function headersOf(message: Message): Promise<string> {
  const { createTransport } = await import('nodemailer')
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  const { message: composed } = await composer.sendMail(message)
  return String(composed).split('\n\n')[0] ?? ''
}
