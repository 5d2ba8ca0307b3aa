// A link in an email works once, for what it was sent for, and only as long as nothing has changed meanwhile.
import { type Attack, eachOf, verdict } from '../attack.ts'
import { expected, moving, newOwner, opens, press, resetting, returning, sendForm, undoing } from '../links.ts'
import { linkTo } from '../mailbox.ts'
import { passphrase, someone } from '../people.ts'

const resetTwice: Attack = {
  name: 'link: a new password, twice',
  asvs: 'V6.4.1 V2.3.1',
  sent: 'a reset link that was used, in another browser, with another password',
  expected: '410, the first password stays',
  needsEmails: true,
  async run(target) {
    const ada = await newOwner(target)
    const path = await resetting.ask(ada)
    await press(ada.browser, resetting, path, { new_password: ada.fresh })
    expected(await opens(ada, ada.fresh), 'the link did not set a password')
    const second = passphrase()
    const { status } = await press(ada.site.browser(), resetting, path, { new_password: second })
    return verdict(status === 410 && !(await opens(ada, second)), String(status))
  },
}

const moveTwice: Attack = {
  name: 'link: a new address, twice',
  asvs: 'V6.4.1 V2.3.1',
  sent: 'a link that changed the address, after it was changed back',
  expected: '410, the address stays',
  needsEmails: true,
  async run(target) {
    const ada = await newOwner(target)
    const path = await moving.ask(ada)
    await press(ada.browser, moving, path)
    expected(await moving.isDone(ada), 'the link did not change the address')
    await press(ada.browser, moving, await moving.ask({ ...ada, next: ada.email }))
    const { status } = await press(ada.browser, moving, path)
    const who = await ada.site.whoIs(ada.browser.cookie)
    return verdict(
      status === 410 && who === ada.email,
      `${status}, ${who === ada.email ? 'the same' : 'another'} address`,
    )
  },
}

const returnTwice: Attack = {
  name: 'link: the way back, twice',
  asvs: 'V6.4.1 V2.3.1',
  sent: 'a link that brought an account back, after it was deleted again',
  expected: '410, closed',
  needsEmails: true,
  async run(target) {
    const ada = await newOwner(target)
    const path = await returning.ask(ada)
    await press(ada.browser, returning, path)
    await sendForm(ada.browser, '/login', { email: ada.email, password: ada.password })
    expected((await ada.site.whoIs(ada.browser.cookie)) === ada.email, 'the link did not bring the account back')
    await returning.ask(ada)
    const { status } = await press(ada.site.browser(), returning, path)
    return verdict(status === 410 && !(await returning.isDone(ada)), String(status))
  },
}

const undoneElsewhere: Attack = {
  name: 'link: an address that was left, for another',
  asvs: 'V6.4.1 V8.2.2 V6.4.3',
  sent: 'the link that brings it back, with another address typed, with that of another account, and after it was used',
  expected: '422, 422 and 410',
  needsEmails: true,
  async run(target) {
    const [ada, eve] = [await newOwner(target), await newOwner(target)]
    const path = await undoing.ask(ada)
    const other = ada.site.browser()
    const statuses: number[] = []
    for (const email of [someone().email, eve.email])
      statuses.push((await press(other, undoing, path, { email })).status)
    expected(statuses.includes(200) || !(await undoing.isDone(ada)), 'a refusal that brought it back')
    await press(other, undoing, path, { email: ada.email })
    statuses.push((await press(other, undoing, path, { email: ada.email })).status)
    return verdict(statuses.join() === '422,422,410' && (await undoing.isDone(ada)), statuses.join(' '))
  },
}

const olderMoves: Attack = {
  name: 'link: a new address, replaced or cancelled',
  asvs: 'V6.4.1 V2.3.2',
  sent: 'the link for one address after another was asked for; the link of a change that was cancelled',
  expected: '410, the address stays',
  needsEmails: true,
  async run(target) {
    const ada = await newOwner(target)
    const first = await moving.ask(ada)
    const second = await moving.ask({ ...ada, next: someone().email })
    const replaced = await press(ada.browser, moving, first)
    await sendForm(ada.browser, '/account/email', { action: 'cancel' })
    const cancelled = await press(ada.browser, moving, second)
    const who = await ada.site.whoIs(ada.browser.cookie)
    const statuses = [replaced.status, cancelled.status]
    return verdict(who === ada.email && statuses.join() === '410,410', statuses.join(' '))
  },
}

const changes = {
  'a new password': ({ browser, password }) =>
    sendForm(browser, '/account/password', { current_password: password, new_password: passphrase() }),
  'a new address': async (ada) => press(ada.browser, moving, await moving.ask(ada)),
  'the account was deleted': ({ browser, password }) =>
    sendForm(browser, '/account/delete', { current_password: password }),
} satisfies Record<string, (owner: Awaited<ReturnType<typeof newOwner>>) => Promise<unknown>>

const afterChanges: Attack[] = Object.entries(changes).map(([name, change]) => ({
  name: `link: a reset asked for before ${name}`,
  asvs: 'V6.4.1 V6.4.3',
  sent: 'the link, with a password to set',
  expected: '410, a log-in with that password fails',
  needsEmails: true,
  async run(target) {
    const ada = await newOwner(target)
    const path = await resetting.ask(ada)
    await change(ada)
    const { status } = await press(ada.site.browser(), resetting, path, { new_password: ada.fresh })
    const addresses = [ada.email, ada.next]
    const opened = await Promise.all(addresses.map((email) => opens({ ...ada, email }, ada.fresh)))
    return verdict(status === 410 && !opened.includes(true), String(status))
  },
}))

const leftBehind: Attack = {
  name: 'link: left in a browser that was logged out',
  asvs: 'V7.4.1 V6.4.1',
  sent: 'a reset link, opened and not used; after the log-out, its page without the link',
  expected: '410',
  needsEmails: true,
  async run(target) {
    const ada = await newOwner(target)
    await ada.browser.open(await resetting.ask(ada))
    await sendForm(ada.browser, '/logout', {})
    const { status } = await sendForm(ada.browser, resetting.button, resetting.fields(ada))
    return verdict(status === 410 && !(await resetting.isDone(ada)), String(status))
  },
}

const atOnce: Attack = {
  name: 'link: 16 times at the same moment',
  asvs: 'V2.3.3 V15.4.2 V6.4.1',
  sent: 'one reset link from 16 browsers at once, each with a password of its own',
  expected: 'one sets it, the others 410, or 503 where the machine is too busy to hash',
  needsEmails: true,
  async run(target) {
    const ada = await newOwner(target)
    const path = await resetting.ask(ada)
    const browsers = Array.from({ length: 16 }, () => ada.site.browser())
    await Promise.all(browsers.map((browser) => browser.open(path)))
    const posts = browsers.map((browser) => sendForm(browser, resetting.button, { new_password: passphrase() }))
    const statuses = (await Promise.all(posts)).map(({ status }) => status)
    const [winners = 0, dead = 0, busy = 0] = [200, 410, 503].map(
      (one) => statuses.filter((status) => status === one).length,
    )
    return verdict(winners === 1 && dead + busy === 15, `${winners} × 200, ${dead} × 410, ${busy} × 503`)
  },
}

const strangers: Attack = {
  name: 'link: of one account with the session of another',
  asvs: 'V8.2.2 V6.4.3',
  sent: 'the link to a new address as a visitor and as someone else; the one that verifies, as someone else',
  expected: '401, 403 or 422, nothing changed, no other session',
  needsEmails: true,
  async run(target) {
    const [ada, eve] = [await newOwner(target), await newOwner(target)]
    const [path, verifies] = [await moving.ask(ada), await linkTo(ada.site, ada.email, '/verify-email')]
    const visitor = ada.site.browser()
    const asked = [
      await press(visitor, moving, path),
      await press(eve.browser, moving, path),
      await press(eve.browser, { ...moving, button: '/verify-email/confirm' }, verifies),
    ]
    const whose = await Promise.all([ada, eve].map(({ site, browser }) => site.whoIs(browser.cookie)))
    const isKept = whose.join() === [ada.email, eve.email].join() && visitor.cookies.size < 2
    return eachOf(asked, async ({ status }) => verdict(isKept && [401, 403, 422].includes(status), String(status)))
  },
}

export const links: Attack[] = [
  resetTwice,
  moveTwice,
  returnTwice,
  undoneElsewhere,
  olderMoves,
  ...afterChanges,
  leftBehind,
  atOnce,
  strangers,
]
