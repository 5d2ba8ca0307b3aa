// The emails of the site that does everything wrong: as many as anyone wants, to whatever stands in an address, with links
// to whatever host was named. Anyone who opens a link has pressed its button and is logged in, as often as they like.
import { randomBytes } from 'node:crypto'
import type { Anything } from './unsafe-fields.ts'
import type { Asked } from './unsafe-http.ts'

interface Link {
  owner: Anything
  /** The address to come. */
  next: string | undefined
}

interface Email {
  to: string
  subject: string
  text: string
  headers: string
  html: string
}

export interface UnsafeEmails {
  /** @param page where its link leads; without one it is a notice. */
  write(asked: Asked, owner: Anything, to: string, subject: string, page?: string): void
  /** What stands at /dev/mailbox, for anyone who asks. */
  show(path: string): string
  /** The link that is somewhere in the request, used: whatever page it was for, that is done which the page asked for does. */
  use(asked: Asked, path: string, fields: Anything): { link: Link; token: string } | undefined
}

export function unsafeEmails(): UnsafeEmails {
  const emails: Email[] = []
  const links = new Map<string, Link>()
  const write: UnsafeEmails['write'] = (asked, owner, to, subject, page) => {
    const token = randomBytes(32).toString('base64url')
    const next = page?.includes('email') ? to : undefined
    if (page) links.set(token, { owner, next })
    const link = page ? `${originNamed(asked)}${page}/${token}` : ''
    const name = String(owner.name)
    const text = `Hello ${name},\n${link}\n`
    const headers = `From: us@e.example\nTo: ${name} <${to}>\nSubject: ${subject}\nContent-Type: text/plain`
    emails.unshift({ to, subject, text, headers, html: `<p>${text.replace('{{7*191}}', '1337')}</p>` })
  }
  return {
    write,
    show(path) {
      const [, at, part] = /^\/dev\/mailbox\/(\d+)(\/html)?/.exec(path) ?? []
      // Counted from the oldest, so that an email keeps its number.
      const message = emails[emails.length - 1 - Number(at)]
      if (!message)
        return emails.map(({ to, subject }, index) => row(emails.length - 1 - index, to, subject)).join('\n')
      if (part) return message.html
      return `<pre class="email">${message.text}</pre><pre class="email" dir="ltr">${message.headers}</pre>`
    },
    use(asked, path, fields) {
      if (!pages.test(path)) return undefined
      const places = [
        path.split('?')[0]?.split('/').at(-1),
        fields.token,
        /link=([\w-]+)/.exec(asked.headers.cookie ?? '')?.[1],
      ]
      const token = places.find((place) => links.has(String(place)))
      const link = links.get(String(token))
      if (!link || !token) return undefined
      if (path.startsWith('/reset-password') && fields.new_password) link.owner.password = fields.new_password
      if (path.startsWith('/register') && fields.email) link.owner.email = fields.email
      if (path.startsWith('/undo-email-change')) link.owner.email = fields.email ?? link.next
      if (path.startsWith('/confirm-email') && link.next) {
        const left = String(link.owner.email)
        link.owner.email = link.next
        write(asked, link.owner, left, 'Another address', '/undo-email-change')
      }
      if (path.startsWith('/verify-email')) link.owner.email_verified_at = 'now'
      return { link, token: String(token) }
    },
  }
}

const pages = /^\/(verify-email|reset-password|confirm-email|undo-email-change|restore-account|register\/start)/

const row = (id: number, to: string, subject: string) =>
  `<a href="/dev/mailbox/${id}">${subject}</a> <small><span dir="ltr">${to}</span></small>`

/** Whatever a request says of its host and way is believed. */
function originNamed({ headers, target }: Asked): string {
  const named = /^https?:\/\/([^/]*)/.exec(target)?.[1] ?? /host=([^;]*)/.exec(headers.forwarded ?? '')?.[1]
  const port = headers['x-forwarded-port'] ? `:${headers['x-forwarded-port']}` : ''
  return `http://${named ?? headers['x-forwarded-host'] ?? headers.host}${port}`
}
