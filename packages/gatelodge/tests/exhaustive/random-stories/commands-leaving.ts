// Devices, the data export, and account deletion.
import {
  type Account,
  type BrowserName,
  endAccess,
  endSessions,
  isLive,
  type Model,
  newLink,
  notify,
  removeAccount,
  type Session,
  sessionIn,
  voidLinks,
} from './model.ts'
import { type TypedPassword, typedPassword } from './people.ts'
import { type Step, step } from './step.ts'
import { isPasswordEnough, isProved, post, whileIn } from './while-in.ts'

export function endOthers(browser: BrowserName): Step {
  return whileIn({
    browser,
    words: 'logs out everywhere else',
    ask: (r) => r.visitors[browser].json('POST', '/api/v1/devices/end-others', {}),
    judge(m, session) {
      if (!isProved(m, session)) return 403
      endSessions(m, session.account, session)
      return 204
    },
  })
}

interface Listed {
  id: string
  since: string
}

/** One from the list, which has to be as long as it should; it may be this one. */
export function endDevice(browser: BrowserName, which: number): Step {
  return step({
    words: `${browser} ends device ${which}`,
    check: (m) => sessionIn(m, browser) !== undefined,
    async act(m, r) {
      const session = sessionIn(m, browser) as Session
      const { body } = await r.visitors[browser].json('GET', '/api/v1/devices')
      const listed = (body.devices as Listed[]).sort((one, other) => Date.parse(one.since) - Date.parse(other.since))
      const own = m.sessions.filter((one) => one.account === session.account && isLive(m, one))
      const lists = [
        listed.map(({ since }) => Date.parse(since)).join(),
        own.map(({ beganAt }) => beganAt).join(),
      ] as const
      if (lists[0] !== lists[1]) return [...lists]
      const at = which % own.length
      const ended = { id: listed[at]?.id }
      const { status } = await r.visitors[browser].json('POST', '/api/v1/devices/end', ended)
      if (!isProved(m, session)) return [status, 403]
      ;(own[at] as Session).isOver = true
      return [status, 204]
    },
  })
}

/** All that is stored, and nothing that opens anything. */
export function exportData(browser: BrowserName): Step {
  return step({
    words: `${browser} exports everything`,
    check: (m) => sessionIn(m, browser) !== undefined,
    async act(m, r) {
      const { account } = sessionIn(m, browser) as Session
      const { status, body } = await r.visitors[browser].json('GET', '/api/v1/export')
      const { email, name, email_waiting_for_confirmation: waiting } = body.account as Record<string, unknown>
      const text = JSON.stringify(body)
      const { key = [], codes = [] } = account.app ?? {}
      const factors = [key, codes.map((code) => code.text)].flat()
      const opens = [...m.links.map(({ token }) => token), ...m.sessions.map(({ cookie }) => cookie), ...factors]
      const told = [status, email, name, waiting, opens.some((one) => text.includes(one))]
      return [told.join(), [200, account.email, account.name, account.pending ?? null, false].join()]
    },
  })
}

export function deleteAccount(browser: BrowserName, typed: TypedPassword): Step {
  const current = ({ account }: Session) => typedPassword(browser, account, typed)
  return whileIn({
    browser,
    words: `deletes the account (${typed.isRight ? 'right' : typed.pick})`,
    ask: (r, session) => post(r, browser, '/account/delete', { current_password: current(session) }),
    judge(m, session) {
      const { account } = session
      if (!isPasswordEnough(m, session)) return 403
      if (current(session) !== account.password) return 422
      m.browsers[browser].session = undefined
      close(m, account)
      return 200
    },
  })
}

function close(m: Model, account: Account): void {
  const { deletionDelay } = m.promised
  account.closesAt = m.now + deletionDelay
  account.pending = undefined
  endAccess(m, account)
  voidLinks(m, account)
  if (deletionDelay > 0)
    notify(m, 'account-deletion-scheduled', account, newLink(m, 'account-deletion-scheduled', account, account.email))
  else notify(m, 'account-deleted', account)
  if (deletionDelay === 0) removeAccount(m, account)
}
