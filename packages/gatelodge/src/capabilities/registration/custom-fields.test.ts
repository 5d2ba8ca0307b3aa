import { describe, expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { linkTo } from '../../../tests/support/emails.ts'
import { openGatelodge, visitorOf } from '../../../tests/support/embed.ts'
import { makeApp, throwawayDatabase, useApp } from '../../../tests/support/make-app.ts'
import { someone } from '../../../tests/support/visitor.ts'
import type { CustomField, CustomFieldInput } from '../../config/custom-fields.ts'
import { loadSettings } from '../../config/load.ts'

const asked: CustomFieldInput[] = [
  { name: 'company', label: 'Company', type: 'text', required: true, maxLength: 20 },
  { name: 'plan', label: 'Plan', type: 'select', options: ['Free', 'Paid <b>'], required: true },
  { name: 'nick', label: 'Nickname', type: 'text', hint: 'Others see it.' },
  { name: 'news', label: 'Send me the news', type: 'checkbox' },
  {
    name: 'terms',
    label: 'I accept the terms of use',
    type: 'checkbox',
    required: true,
    link: { href: '/terms', text: 'Read them' },
  },
]

function parsed(given: unknown): CustomField[] {
  const loaded = loadSettings({ code: { fields: given } })
  if (loaded.kind === 'faults') throw new Error(loaded.faults.map(({ allowed }) => allowed).join())
  return loaded.settings.fields
}

const fields = parsed(asked)
const filled = { company: ' Analytical Engines ', plan: 'Paid <b>', terms: 'yes' }

onEachDatabase('Fields of the site’s own', (database) => {
  const app = useApp(database, { fields, emailsPerClient: 1_000 })
  const rowOf = async (email: string | undefined) =>
    app()
      .services.database.db.selectFrom('gatelodge_accounts')
      .select('fields')
      .where('email', '=', email ?? '')
      .executeTakeFirst()

  it('are asked, stored, shown on the account page and exported', async () => {
    const browser = app().visitor()
    await browser.open('/register')
    expect(browser.page.html).toContain('<label for="company">Company</label>')
    expect(browser.page.html).toContain('<label for="nick">Nickname (optional)</label>')
    expect(browser.page.html).toContain('<a href="/terms" target="_blank" rel="noopener">Read them</a>')
    expect(browser.page.html).toContain('<option value="Paid &lt;b&gt;">')
    const ada = someone(filled)
    await browser.submit(ada)
    expect(browser.page.heading).toBe('Hello, Ada Lovelace')
    const stored = { company: 'Analytical Engines', plan: 'Paid <b>', news: false, terms: true }
    expect(JSON.parse((await rowOf(ada.email))?.fields ?? '')).toEqual(stored)
    // Once with its notice, once as most people get it.
    for (const html of [browser.page.html, (await browser.open('/account')).html]) {
      const facts = [...html.matchAll(/<dt>(.*?)<\/dt><dd>(?:<bdi>)?(.*?)(?:<\/bdi>)?<\/dd>/g)].map(
        ([, ...pair]) => pair,
      )
      expect(facts).toEqual(
        expect.arrayContaining([
          ['Company', 'Analytical Engines'],
          ['Plan', 'Paid &lt;b&gt;'],
          ['Send me the news', 'No'],
          ['I accept the terms of use', 'Yes'],
        ]),
      )
      expect(html).not.toContain('Nickname')
    }
    const exported = (await browser.json('GET', '/api/v1/export')).body as { account: { fields: unknown } }
    expect(exported.account.fields).toEqual(stored)
  })

  it('V2.2.3 are judged together with the rest, each with its message, and keep what was typed', async () => {
    const browser = app().visitor()
    await browser.open('/register')
    const ada = someone({ company: '', plan: 'Stolen', nick: 'Ada "the" <Countess>', news: 'yes' })
    await browser.submit({ ...ada, name: '' })
    expect(browser.page.summary).toEqual([
      'Enter your name',
      'Fill in “Company”',
      'Choose an answer for “Plan”',
      'Tick “I accept the terms of use” to continue',
    ])
    const { html } = browser.page
    expect(html).toContain('value="Ada &quot;the&quot; &lt;Countess&gt;"')
    expect(html).toMatch(/<input id="news"[^>]* checked/)
    expect(html).toMatch(/<input id="terms"[^>]*aria-invalid="true"[^>]*aria-describedby="terms-error"/)
    expect(html).toMatch(/<select id="plan"[^>]*aria-invalid="true"/)
    await browser.submit({ ...ada, company: 'x'.repeat(21), plan: 'Free', terms: 'yes' })
    expect(browser.page.summary).toEqual(['Shorten what you entered for “Company”'])
    expect(browser.page.html).toContain('<option value="Free" selected')
    expect(browser.page.html).toMatch(/<input id="terms"[^>]* checked/)
    expect(await rowOf(ada.email)).toBeUndefined()
  })

  it('V2.2.1 take JSON by its types, and nothing else', async () => {
    const send = (more: object) =>
      app()
        .visitor()
        .json('POST', '/api/v1/register', { ...someone(), ...more })
    const good = { company: 'Acme', plan: 'Free', terms: true }
    expect((await send(good)).status).toBe(201)
    expect((await send({ ...good, news: false, nick: '', other: 'x' })).status).toBe(201)
    const wrong: [more: object, code: string][] = [
      [{ company: 7 }, 'not-text'],
      [{ company: ['Acme'] }, 'not-text'],
      [{ company: 'a\nb' }, 'control-characters'],
      [{ company: 'A\u202eb' }, 'control-characters'],
      [{ company: '  ' }, 'empty'],
      [{ company: 'x'.repeat(10_000) }, 'too-long'],
      [{ plan: 'free' }, 'no-choice'],
      [{ plan: '' }, 'no-choice'],
      [{ plan: {} }, 'not-text'],
      [{ terms: false }, 'unticked'],
      [{ terms: 'true' }, 'not-text'],
      [{ terms: 1 }, 'not-text'],
      [{ nick: null }, 'not-text'],
    ]
    for (const [more, code] of wrong) {
      const { status, body } = await send({ ...good, ...more })
      expect({ more, status, errors: body.errors }).toEqual({
        more,
        status: 422,
        errors: [{ field: Object.keys(more)[0], code, message: expect.stringMatching(/“.*”/) }],
      })
    }
  })

  it('leave with the account', async () => {
    const browser = app().visitor()
    const ada = await browser.register({ ...filled, company: 'Vanishing' })
    await browser.json('POST', '/api/v1/delete', { current_password: ada.password })
    app().clock.pass(app().services.settings.deletionDelay)
    const { removeClosedAccounts } = await import('../account-deletion/removal.rules.ts')
    await removeClosedAccounts(app().services)
    const left = await app()
      .services.database.db.selectFrom('gatelodge_accounts')
      .select('id')
      .where('fields', 'like', '%Vanishing%')
      .execute()
    expect(left).toEqual([])
  })

  it('are empty for an account that was asked nothing', async () => {
    const { database } = app().services
    const browser = app().visitor()
    const ada = await browser.register(filled)
    const { email = '' } = ada
    await database.db.updateTable('gatelodge_accounts').set({ fields: null }).where('email', '=', email).execute()
    expect((await browser.open('/account')).heading).toBe('Hello, Ada Lovelace')
    expect((await browser.json('GET', '/api/v1/export')).body).toMatchObject({ account: { fields: {} } })
    expect((await app().visitor().register(filled)).company).toBe(filled.company)
  })
})

onEachDatabase('Fields of the site’s own where an email decides', (database) => {
  const app = useApp(database, { fields, registration: 'confirm-first', emailsPerClient: 1_000 })

  it('wait with the registration, and start with the account', async () => {
    const ada = someone(filled) as Record<string, string>
    const browser = app().visitor()
    await browser.open('/register')
    await browser.submit(ada)
    await browser.open(await linkTo(app(), ada.email as string, 'start-account'))
    await browser.submit({})
    expect(browser.page.html).toContain('<dt>Company</dt><dd><bdi>Analytical Engines</bdi></dd>')
  })

  it('V6.3.8 are checked the same way for an address that has an account', async () => {
    const ada = someone(filled) as Record<string, string>
    const browser = app().visitor()
    await browser.open('/register')
    await browser.submit(ada)
    await browser.open(await linkTo(app(), ada.email as string, 'start-account'))
    await browser.submit({})
    for (const more of [{}, { terms: '' }]) {
      const [known, unknown] = await Promise.all(
        [ada, someone(filled)].map((person) =>
          app()
            .visitor()
            .json('POST', '/api/v1/register', { ...person, ...more }),
        ),
      )
      expect(known).toEqual(unknown)
    }
    const { db } = app().services.database
    const waiting = await db.selectFrom('gatelodge_registrations').select('fields').execute()
    expect(new Set(waiting.map((row) => row.fields)).size).toBe(1)
    expect(waiting.length).toBe(2)
  })
})

it('V3.3.5 Ten fields of the site’s own leave room in the cookie that brings them back, however much was typed', async () => {
  const names = Array.from({ length: 10 }, (_, at) => `a_field_with_a_long_name_as_${at}`)
  const ten = parsed(names.map((name) => ({ name, label: name, type: 'text', required: true })))
  const app = await makeApp(throwawayDatabase(), { fields: ten })
  const browser = app.visitor()
  await browser.open('/register')
  const much = '\u6f22"'.repeat(300)
  const answer = await browser.submitOnly(Object.fromEntries(['name', 'email', ...names].map((name) => [name, much])))
  const sizes = answer.headers.getSetCookie().map((line) => line.length)
  expect([answer.status, Math.max(...sizes)]).toEqual([303, expect.toSatisfy((size: number) => size < 4096)])
  expect((await browser.open('/register')).summary).toHaveLength(13)
  await app.close()
})

describe('Fields of the site’s own, inside a Node app', () => {
  it('are typed, and reach hooks, session() and loginAs()', async () => {
    const told: unknown[] = []
    const gatelodge = await openGatelodge(throwawayDatabase(), {
      fields: [{ name: 'code', label: 'Invitation', type: 'text', required: true }],
      hooks: {
        onRegistering: ({ fields }) =>
          fields.code === 'open sesame' ? undefined : { refuse: 'Nobody was invited with that.', field: 'code' },
        onRegistered: ({ account }) => told.push(account.fields),
      },
    })
    const browser = visitorOf(gatelodge)
    const refused = await browser.json('POST', '/api/v1/register', { ...someone(), code: 'please' })
    expect(refused.body.errors).toEqual([{ field: 'code', code: 'refused', message: 'Nobody was invited with that.' }])
    await browser.json('POST', '/api/v1/register', { ...someone(), code: 'open sesame' })
    expect(told).toEqual([{ code: 'open sesame' }])
    const who = await gatelodge.session(new Headers({ cookie: `gatelodge=${browser.sessionCookie}` }))
    expect(who?.account.fields).toEqual({ code: 'open sesame' })
    const { account } = await gatelodge.test.loginAs({ email: 'g@example.org', fields: { code: 'test' } })
    expect(account.fields).toEqual({ code: 'test' })
    await gatelodge.close()
  })
})

describe('The setting "fields"', () => {
  it('is the same in code, in a file and in a variable', () => {
    const loaded = loadSettings({ environment: { GATELODGE_FIELDS: JSON.stringify(asked) } })
    expect(loaded.kind === 'settings' && loaded.settings.fields).toEqual(fields)
  })

  const text = { label: 'Company', type: 'text' }
  it.each([
    ['no list', 'company', 'an array, or the same as JSON'],
    ['a name of ours', [{ ...text, name: 'email' }], 'email: name: a name that is not ours'],
    [
      'a name that would not be kept',
      [{ ...text, name: 'old_password' }],
      'old_password: name: a name that is not ours',
    ],
    ['a name that JavaScript has', [{ ...text, name: 'constructor' }], 'constructor: name: a name that is not ours'],
    ['a name with signs', [{ ...text, name: '__proto__' }], 'number 1: name: small letters'],
    [
      'one name twice',
      [
        { ...text, name: 'company' },
        { ...text, name: 'company' },
      ],
      'company: this name is there twice',
    ],
    ['an unknown type', [{ name: 'company', label: 'Company', type: 'date' }], 'company: type: an object whose type'],
    [
      'an unknown key',
      [{ ...text, name: 'company', requird: true }],
      'company: there is no "requird"; did you mean "required"?',
    ],
    ['no options', [{ name: 'plan', label: 'Plan', type: 'select', options: [] }], 'plan: options: '],
    [
      'a script',
      [{ name: 'terms', label: 'Terms', type: 'checkbox', link: { href: 'javascript:alert(1)', text: 'x' } }],
      'terms: link.href: ',
    ],
    ['eleven', Array.from({ length: 11 }, (_, at) => ({ ...text, name: `f${at}` })), '10 fields at most'],
  ])('refuses %s at start', (_title, given, told) => expect(() => parsed(given)).toThrow(told))
})
