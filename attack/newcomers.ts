// Someone who registers with a passkey alone: the address first, the passkey behind the link that comes to it.
import { verdict } from './attack.ts'
import { expected } from './links.ts'
import { linkTo } from './mailbox.ts'
import { type Asked, optionsIn } from './passkeys.ts'
import { someone } from './people.ts'
import { sessionOf, type Target } from './target.ts'

export interface Newcomer {
  site: Target
  email: string
  /** `/register/start/…`, as the newest email has it. */
  link: string
  token: string
}

const page = '/register/start'

/** Asks with that address, and reads the email. */
export async function newNewcomer(target: Target, email = someone().email): Promise<Newcomer> {
  const site = target.elsewhere()
  const { status } = await site.json('/api/v1/register/passkey', { name: 'Mallory Attack', email })
  expected(status === 202, `a registration with a passkey was answered ${status}`)
  const link = await linkTo(site, email, page)
  return { site, email, link, token: link.split('/').at(-1) ?? '' }
}

/** What the link is asked, to make the passkey. */
export async function startOptions({ site, token }: Pick<Newcomer, 'site' | 'token'>): Promise<Asked> {
  return optionsIn(await site.json(`/api/v1${page}/options`, { token })).options
}

export interface Started {
  status: number
  /** Who is logged in by it. */
  who: string | undefined
}

/** The link, with such an answer or such a password. */
export async function started({ site, token }: Pick<Newcomer, 'site' | 'token'>, typed: object): Promise<Started> {
  const told = await site.json(`/api/v1${page}`, { token, ...typed })
  const cookie = sessionOf(told)
  return { status: told.status, who: cookie === undefined ? undefined : await site.whoIs(cookie) }
}

/** Refused in such a way, and nobody is in. */
export const refusal = ({ status, who }: Started, ...statuses: number[]) =>
  verdict(
    statuses.includes(status) && who === undefined,
    `${status}, ${who === undefined ? 'no session' : 'a session'}`,
  )
