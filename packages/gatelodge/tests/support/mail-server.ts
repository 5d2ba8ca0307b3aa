// Mail servers for tests: a real one that takes emails and shows what arrived, and one that misbehaves on request.
import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { TLSSocket } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Waits } from '../../src/email/smtp.ts'

/** What hangs in a test hangs for this long. */
export const shortWaits: Waits = {
  connectionTimeout: 150,
  greetingTimeout: 150,
  socketTimeout: 150,
  dnsTimeout: 150,
  sending: 400,
}

export interface Arrived {
  /** As it was said before the email. */
  envelope: { from: string; to: string[] }
  raw: string
  message: ParsedMail
}

export interface MailServer {
  /** What the setting `smtpUrl` takes. */
  url: string
  port: number
  /** Everything that it took, the oldest in front. */
  arrived: Arrived[]
  close(): Promise<void>
}

const file = (name: string) => readFileSync(fileURLToPath(new URL(`certificates/${name}`, import.meta.url)))

/** By an issuer that nobody trusts, for localhost. */
const certificate = () => ({ key: file('server.key'), cert: file('server.pem') })

export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const server = new SMTPServer({
    ...certificate(),
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    // Anyone who is still connected at the end is not waited for.
    closeTimeout: 1,
    async onData(stream, session, taken) {
      const raw = await buffer(stream)
      const { mailFrom, rcptTo } = session.envelope
      const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) }
      mail.arrived.push({ envelope, raw: String(raw), message: await simpleParser(raw) })
      taken()
    },
    ...options,
  })
  // Anyone who refuses our certificate hangs up: that is no failure of a test.
  server.on('error', () => {})
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.server.address() as AddressInfo
  const mail: MailServer = {
    port,
    url: `${options.secure ? 'smtps' : 'smtp'}://localhost:${port}`,
    arrived: [],
    close: () => new Promise((closed) => server.close(closed)),
  }
  return mail
}

/** One real server for a whole suite; each test begins with nothing that has arrived. */
export function useMailServer(options: SMTPServerOptions = {}): MailServer {
  const mail = { arrived: [] as Arrived[] } as MailServer
  beforeAll(async () => {
    Object.assign(mail, await startMailServer(options))
  })
  beforeEach(() => {
    mail.arrived.length = 0
  })
  afterAll(() => mail.close())
  return mail
}

export type Step = 'greeting' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'after DATA'

/** What a mail server does from now on; nothing: it takes every email. */
export interface Mood {
  hangsAt?: Step
  dropsAt?: Step
  /** In place of its usual answer. */
  says?: Partial<Record<Step, string>>
  offers?: string[]
}

export interface MoodyServer {
  port: number
  mood: Mood
  /** The emails that it took, as they came. */
  taken: string[]
  /** Every command that it got, without what stands behind the verb. */
  heard: string[]
  close(): Promise<void>
}

const usual: Record<Step, string> = {
  greeting: '220 moody',
  EHLO: '250 moody',
  STARTTLS: '220 go ahead',
  AUTH: '235 welcome',
  MAIL: '250 yes',
  RCPT: '250 yes',
  DATA: '354 go ahead',
  'after DATA': '250 taken',
}

export async function startMoodyServer(mood: Mood = {}): Promise<MoodyServer> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    converse(socket, moody)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const moody: MoodyServer = {
    port: (server.address() as AddressInfo).port,
    mood,
    taken: [],
    heard: [],
    close() {
      for (const socket of sockets) socket.destroy()
      return new Promise((closed) => server.close(() => closed()))
    },
  }
  return moody
}

function converse(plain: Socket, moody: MoodyServer): void {
  let socket = plain
  let message: string[] | undefined
  let unread = ''
  const answer = (step: Step, lines = [moody.mood.says?.[step] ?? usual[step]]) => {
    if (moody.mood.hangsAt === step) return false
    if (moody.mood.dropsAt === step) {
      socket.destroy()
      return false
    }
    socket.write(lines.map((line) => `${line}\r\n`).join(''))
    return true
  }
  const read = (line: string) => {
    if (message && line !== '.') return void message.push(line)
    if (message) {
      const whole = message.join('\n')
      message = undefined
      if (answer('after DATA') && !moody.mood.says?.['after DATA']) moody.taken.push(whole)
      return
    }
    const verb = line.split(' ')[0]?.toUpperCase() ?? ''
    moody.heard.push(verb)
    if (verb === 'RSET' || verb === 'QUIT') return void socket.write('250 yes\r\n')
    if (verb === 'EHLO') {
      const said = moody.mood.says?.EHLO
      return void answer('EHLO', said ? [said] : [...(moody.mood.offers ?? []).map((one) => `250-${one}`), usual.EHLO])
    }
    const isSaid = answer(verb as Step)
    if (verb === 'DATA' && isSaid && !moody.mood.says?.DATA) message = []
    if (verb === 'STARTTLS' && isSaid) startTls()
  }
  const listen = () =>
    socket
      .on('error', () => {})
      .on('data', (bytes) => {
        unread += bytes
        const lines = unread.split('\r\n')
        unread = lines.pop() ?? ''
        for (const line of lines) read(line)
      })
  const startTls = () => {
    plain.removeAllListeners('data')
    socket = new TLSSocket(plain, { isServer: true, ...certificate() })
    listen()
  }
  listen()
  answer('greeting')
}
