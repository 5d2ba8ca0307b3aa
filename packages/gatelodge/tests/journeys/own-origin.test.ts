// Nothing from elsewhere, nothing for elsewhere, nothing left behind.
import { expect, it } from 'vitest'
import { withAndWithoutScripts } from '../support/journey.ts'
import { useSite } from '../support/site.ts'
import { changePassword, press, registered } from '../support/steps.ts'

const site = useSite()

withAndWithoutScripts(site, (meet) => {
  it('V14.2.3 V14.3.3 the browser asks nobody else, stores nothing, and keeps two cookies that scripts cannot read', async () => {
    const page = await meet()
    const ada = await registered(page)
    await changePassword(page, ada.password, 'amber ferry clock')
    // That no request left the own origin is watched on every page of every journey.
    expect(await page.evaluate(whatIsStored)).toEqual([0, 0, 0, 0, ''])
    const cookies = await page.context().cookies()
    const named = (...names: string[]) => names.map((name) => `${name}-${new URL(site().baseUrl).port}`)
    expect(cookies.map(({ name }) => name).sort()).toEqual(named('gatelodge', 'gatelodge-device').sort())
    for (const cookie of cookies) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
    await press(page, 'Log out')
    const left = await page.context().cookies()
    // The script of the log-in page asks for a challenge: a third cookie, for five minutes.
    const [passkey = ''] = named('gatelodge-passkey')
    expect(left.map(({ name }) => name).filter((name) => name !== passkey)).toEqual(named('gatelodge-device'))
    for (const cookie of left) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
  })
})

const whatIsStored = `Promise.all([
  localStorage.length,
  sessionStorage.length,
  indexedDB.databases().then((list) => list.length),
  caches.keys().then((list) => list.length),
  document.cookie,
])`
