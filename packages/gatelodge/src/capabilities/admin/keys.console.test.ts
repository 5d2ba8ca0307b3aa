// API keys in the console, by the front door.
import { expect, it } from 'vitest'
import { keyed } from '../../../tests/support/admin-keys.ts'
import { proveAgain, someAdministrator } from '../../../tests/support/administrators.ts'
import { onSqlite } from '../../../tests/support/databases.ts'
import { join } from '../../../tests/support/groups.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { Program } from '../../../tests/support/program.ts'
import { days, minutes } from '../../time.ts'

const path = '/admin/keys'

onSqlite('API keys in the console', (database) => {
  const app = useApp(database)
  const latest = async () => (await app().services.audit.latest({ most: 1 }))[0]

  it('V8.2.1 V8.3.1 V7.5.1 are refused to all but an administrator with a second factor and a fresh proof', async () => {
    const { name } = await keyed(app(), ['audit:read'])
    const account = app().visitor()
    await account.register()
    const noFactor = app().visitor()
    await join(app(), await noFactor.register(), 'administrators')
    const { browser: stale } = await someAdministrator(app())
    app().clock.pass(minutes(11))
    for (const [browser, answers] of [
      [app().visitor(), '303 /login'],
      [account, '404 '],
      [noFactor, '303 /login'],
      [stale, '303 /reauthenticate'],
    ] as const)
      for (const one of [`${path}/new`, `${path}/revoke?key=${name}`]) {
        await browser.open('/logout')
        const posted = await browser.submitOnly({ key_name: name, days: '1', audit_read: 'yes' }, one.split('?')[0])
        for (const answer of [await browser.send('GET', one), posted])
          expect(`${answer.status} ${(answer.headers.get('location') ?? '').split('?')[0]}`).toBe(answers)
      }
    expect((await account.open(path)).status).toBe(404)
    expect((await app().services.keys.list()).map((one) => [one.name, one.revokedAt])).toEqual([[name, null]])
  })

  it('V14.3.2 V16.2.1 one is made, shown once, works, is listed, and is revoked', async () => {
    const administrator = await someAdministrator(app())
    const { browser } = administrator
    const { id: actor } = (await browser.account()) as { id: string }
    app().clock.pass(minutes(11))
    await browser.open(`${path}/new`)
    expect(browser.page.path).toBe('/reauthenticate')
    await proveAgain(app(), administrator)
    await browser.submit({ key_name: 'billing', days: '30', groups_read: 'yes', audit_read: 'yes' })
    expect([browser.page.heading, browser.page.path]).toEqual(['Copy this key', `${path}/made`])
    const text = /gla_[\w-]{65}/.exec(browser.page.html)?.[0] ?? ''
    expect(await latest()).toMatchObject({ event: 'key.created', actor, reason: 'billing: audit:read groups:read' })
    const again = await browser.open(`${path}/made?key=billing`)
    expect([again.path, again.html.includes(text)]).toEqual([path, false])
    const asks = async () => (await new Program(app(), text).get('/admin/groups')).status
    expect(await asks()).toBe(200)
    await app().services.keys.writeUses()
    const listed = await browser.open(path)
    expect(listed.html).not.toContain(text.slice(-43))
    for (const words of ['billing', 'audit:read, groups:read', '>Active<', 'Last used', 'aria-label="Revoke billing"'])
      expect(listed.html).toContain(words)

    await browser.open(`${path}/revoke?key=billing`)
    await browser.submit({}, `${path}/revoke`)
    expect(browser.page).toMatchObject({ path, notice: 'The key was revoked.' })
    expect(browser.page.html).toContain('>Revoked<')
    expect(await latest()).toMatchObject({ event: 'key.revoked', actor, reason: 'billing' })
    expect(await asks()).toBe(401)
    for (const name of ['billing', 'none', '..', "ü'", ''])
      expect((await browser.open(`${path}/revoke?key=${encodeURIComponent(name)}`)).status, name).toBe(404)
  })

  it('V14.3.2 no answer that shows a key is stored anywhere', async () => {
    const { browser } = await someAdministrator(app())
    await browser.open(`${path}/new`)
    const made = await browser.submitOnly({ key_name: 'kept-nowhere', days: '1', audit_read: 'yes' }, `${path}/new`)
    expect(await made.text()).not.toContain('gla_')
    const shown = await browser.send('GET', made.headers.get('location') ?? '')
    expect([shown.status, shown.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(await shown.text()).toContain('gla_')
  })

  it('V2.2.1 says at the field what is wrong, and keeps what was typed', async () => {
    const { browser } = await someAdministrator(app())
    await keyed(app(), ['audit:read'])
    const taken = (await app().services.keys.list())[0]?.name ?? ''
    await browser.open(`${path}/new`)
    for (const [fields, message] of [
      [{ key_name: 'A key' }, 'Enter a name of 1 to 64'],
      [{ key_name: taken }, 'There is or was a key with this name'],
      [{ days: '0' }, 'Enter a whole number from 1 to 365'],
      [{ days: '366' }, 'Enter a whole number from 1 to 365'],
      [{ days: 'x' }, 'Enter a whole number from 1 to 365'],
      [{ audit_read: '' }, 'Choose at least one thing'],
    ] as const) {
      const { audit_read, ...given } = { key_name: 'fine', days: '7', audit_read: 'yes', ...fields }
      await browser.submit({ ...given, ...(audit_read && { audit_read }) }, `${path}/new`)
      expect(browser.page.summary.join()).toContain(message)
      expect(/<input[^>]*name="audit_read"[^>]*checked/.test(browser.page.html)).toBe(audit_read === 'yes')
    }
  })

  it('lists those that are over, a page at a time', async () => {
    const { browser } = await someAdministrator(app())
    const { db } = app().services.database
    const row = { secret_hash: Buffer.alloc(32), scopes: 'audit:read', created_at: 0, created_by: 'command' }
    const end = app().clock.now() + days(1)
    await db.deleteFrom('gatelodge_api_keys').execute()
    for (let at = 100; at < 201; at += 1)
      await db
        .insertInto('gatelodge_api_keys')
        .values({ ...row, id: Buffer.alloc(16, at), name: `k${at}`, expires_at: at === 100 ? 1 : end })
        .execute()
    const { html } = await browser.open(path)
    expect([html.includes('k100'), html.includes('>Expired<'), html.includes('k200')]).toEqual([true, true, false])
    expect((await browser.open(`${path}?before=k199`)).html).toContain('k200')
    expect((await browser.open(`${path}?before=%C3%BC`)).html).toContain('k100')
  })
})
