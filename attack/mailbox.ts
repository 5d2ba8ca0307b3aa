// Emails, as a developer reads them at /dev/mailbox, with the key. A site that sends them, or has none, shows them to nobody.
import { NotTried } from './attack.ts'
import type { Target } from './target.ts'

const mailbox = '/dev/mailbox'

let key = ''

/** From now on emails are read with it. */
export function useMailboxKey(given: string): void {
  key = given
}

/** A page of the mailbox, as its owner reads it. */
export const readMailbox = (target: Target, path = mailbox) =>
  target.get(
    path,
    key
      ? {
          cookie: namesAt(target.base)
            .map((name) => `${name}=${key}`)
            .join('; '),
        }
      : {},
  )

/** On http://localhost the port stands in the name, unless it is 3000. */
const namesAt = ({ port }: URL) => [
  'gatelodge-mailbox',
  `gatelodge-mailbox-${port || '80'}`,
  '__Host-gatelodge-mailbox',
]

export interface Email {
  subject: string
  text: string
  /** As a mail server would get them. */
  headers: string
  html: string
}

const known = new WeakMap<Target, Promise<string | undefined>>()

/** Asked once. @returns why attacks that read emails cannot be tried; undefined where they can. */
export function emailsMissing(target: Target): Promise<string | undefined> {
  const answer = known.get(target) ?? look(target)
  known.set(target, answer)
  return answer
}

async function look(target: Target): Promise<string | undefined> {
  const { status } = await readMailbox(target)
  if (status === 404) return `the site shows no emails at ${mailbox}`
  if (status === 403) return `the emails at ${mailbox} need their key, given by --mailbox-key`
  if (status !== 200) throw new Error(`${mailbox} was answered ${status}`)
  try {
    await target.elsewhere().get('/health/alive')
  } catch {
    return 'they need client addresses of their own, which a site on this machine sees'
  }
  return undefined
}

interface Listed {
  path: string
  to: string
  subject: string
}

/** The newest in front, and of all people: their headlines. */
export async function allEmails(target: Target): Promise<Listed[]> {
  const { body } = await readMailbox(target)
  const rows = body.matchAll(/<a href="(\/dev\/mailbox\/[^"/]+)">([^<]*)<\/a>\s*<small>\s*<span dir="ltr">([^<]*)</g)
  return [...rows].map(([, path = '', subject = '', to = '']) => ({ path, to: plain(to), subject: plain(subject) }))
}

/** The newest in front. */
export async function emailsTo(target: Target, address: string): Promise<Email[]> {
  const own = await listedTo(target, address)
  return Promise.all(
    own.map(async (listed) => ({
      ...(await read(target, listed)),
      html: (await readMailbox(target, `${listed.path}/html`)).body,
    })),
  )
}

export async function listedTo(target: Target, address: string): Promise<Listed[]> {
  return (await allEmails(target)).filter(({ to }) => to === address)
}

async function read(target: Target, { path, subject }: Listed): Promise<Omit<Email, 'html'>> {
  const { body } = await readMailbox(target, path)
  const [text = '', headers = ''] = [...body.matchAll(/<pre class="email"[^>]*>([\s\S]*?)<\/pre>/g)].map(
    ([, one = '']) => plain(one.replace(/<[^>]*>/g, '')),
  )
  return { subject, text, headers }
}

/** The path of the newest link to that page which went to an address: `/reset-password/…`. */
export async function linkTo(target: Target, address: string, page: string): Promise<string> {
  for (const listed of await listedTo(target, address)) {
    const { text } = await read(target, listed)
    const found = linksIn(text).find(({ pathname }) => pathname.startsWith(`${page}/`))
    if (found) return found.pathname
  }
  throw new NotTried(`no email with a link to ${page} came`)
}

export function linksIn(text: string): URL[] {
  return [...text.matchAll(/https?:\/\/\S+/g)].flatMap(([url]) => (URL.canParse(url) ? [new URL(url)] : []))
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

function plain(html: string): string {
  return html.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => entities[name] ?? '')
}
