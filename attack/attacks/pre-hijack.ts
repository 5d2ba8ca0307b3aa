// Someone registers with an address that is not theirs, and waits for its owner. Nothing of it is theirs afterwards.
import { type Attack, verdict } from '../attack.ts'
import type { Browser } from '../browser.ts'
import {
  expected,
  isVerified,
  moving,
  newOwner,
  type Owner,
  opens,
  press,
  resetting,
  sendForm,
  verifying,
} from '../links.ts'
import type { Target } from '../target.ts'

interface Waiting {
  /** Registered with the victim's address. */
  stranger: Owner
  /** Reads the emails to that address, on a device of their own. */
  victim: Owner
}

async function registeredByAStranger(target: Target): Promise<Waiting> {
  const stranger = await newOwner(target)
  const site = target.elsewhere()
  return { stranger, victim: { ...stranger, site, browser: site.browser() } }
}

async function recover(victim: Owner): Promise<void> {
  const { status } = await press(victim.browser, resetting, await resetting.ask(victim), resetting.fields(victim))
  await sendForm(victim.browser, '/login', { email: victim.email, password: victim.fresh })
  expected(
    (await victim.site.whoIs(victim.browser.cookie)) === victim.email,
    `the password reset was answered ${status}`,
  )
}

const whoIs = ({ site }: Owner, { cookie }: Browser) => site.whoIs(cookie)

const fromBefore: Attack = {
  name: 'pre-hijack: a session and a password from before',
  asvs: 'V7.4.3 V6.4.3 V6.3.4',
  sent: 'after the owner’s password reset, the session of anyone who registered first, another of theirs, and their password',
  expected: 'visitors, 401',
  needsEmails: true,
  async run(target) {
    const { stranger, victim } = await registeredByAStranger(target)
    const second = stranger.site.browser()
    await sendForm(second, '/login', { email: stranger.email, password: stranger.password })
    expected((await whoIs(stranger, second)) === stranger.email, 'the stranger has no second session')
    await recover(victim)
    const whose = await Promise.all([stranger.browser, second].map((browser) => whoIs(stranger, browser)))
    const { email, password } = stranger
    const again = await stranger.site.json('/api/v1/login', { email, password }, { cookie: stranger.browser.cookie })
    const isDead = whose.every((who) => who === undefined)
    return verdict(isDead && again.status === 401, `${isDead ? 'visitors' : 'still in'}, ${again.status}`)
  },
}

const pending: Attack = {
  name: 'pre-hijack: a new address that waits from before',
  asvs: 'V2.3.1 V6.4.3 V7.4.3',
  sent: 'a change of address asked for first, its link used after the owner’s password reset: by the stranger, and in the owner’s own session',
  expected: '410, the address stays',
  needsEmails: true,
  async run(target) {
    const { stranger, victim } = await registeredByAStranger(target)
    const path = await moving.ask(stranger)
    await recover(victim)
    const statuses: number[] = []
    for (const browser of [stranger.browser, victim.browser]) statuses.push((await press(browser, moving, path)).status)
    const who = await whoIs(victim, victim.browser)
    return verdict(
      statuses.join() === '410,410' && who === victim.email,
      `${statuses.join(' ')}, ${who === victim.email ? 'the same' : 'another'} address`,
    )
  },
}

const madeGood: Attack = {
  name: 'pre-hijack: the owner’s click makes it good',
  asvs: 'V6.4.3 V6.3.4 V2.3.2',
  sent: 'the email’s link and its button, in the browser of anyone who reads that mailbox, without the password and with a wrong one',
  expected: '422, not verified, no session for either',
  needsEmails: true,
  async run(target) {
    const { stranger, victim } = await registeredByAStranger(target)
    const path = await verifying.ask(stranger)
    const bare = await press(victim.browser, verifying, path)
    const wrong = await press(victim.browser, verifying, path, { password: victim.fresh })
    const isGood = await isVerified(stranger)
    const who = await whoIs(victim, victim.browser)
    const statuses = `${bare.status} ${wrong.status}`
    return verdict(statuses === '422 422' && !isGood && !who, `${statuses}, ${isGood ? 'verified' : 'not verified'}`)
  },
}

const fromOutside: Attack = {
  name: 'pre-hijack: an account that moves to the owner’s address',
  asvs: 'V6.4.3 V2.3.2',
  sent: 'a stranger’s change to the address; its owner presses the button, as a visitor and logged in to another account',
  expected: '403 for want of the form that only the account gets; the stranger’s account stays where it was',
  needsEmails: true,
  async run(target) {
    const [stranger, other] = [await newOwner(target), await newOwner(target)]
    const path = await moving.ask(stranger)
    const visitor = await press(stranger.site.browser(), moving, path)
    const owner = await press(other.browser, moving, path)
    const who = await whoIs(stranger, stranger.browser)
    const statuses = `${visitor.status} ${owner.status}`
    return verdict(
      statuses === '403 403' &&
        who === stranger.email &&
        !(await opens({ ...stranger, email: stranger.next }, stranger.password)),
      statuses,
    )
  },
}

export const preHijack: Attack[] = [fromBefore, pending, madeGood, fromOutside]
