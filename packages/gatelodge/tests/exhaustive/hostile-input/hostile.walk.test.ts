// A hundred hostile values in every field of every form: never a 5xx, never a row that should not be there.
import { expect, it } from 'vitest'
import { useApp } from '../../support/make-app.ts'
import { someone } from '../../support/visitor.ts'
import { isWhole, onWalkedDatabases } from '../../support/walk.ts'

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: they are what someone might type
const allFragments = [
  "' OR 1=1-- ",
  "\\' OR 1=1#",
  '" OR ""="',
  "'; DROP TABLE gatelodge_accounts;--",
  "1' UNION SELECT hash FROM gatelodge_passwords-- ",
  "admin'/*",
  '%27%20OR%201=1',
  '0x27204f52',
  'sleep(5)#',
  "'||(select 1)||'",
  '${7*7}',
  '{{7*7}}',
  '<%=7*7%>',
  '#{7*7}',
  '*{7*7}',
  '<script>alert(1)</script>',
  '"><svg onload=alert(1)>',
  "'-alert(1)-'",
  '</title><script>',
  '<img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '[x](javascript:1)',
  '<!--',
  ']]>',
  '<?php echo 1?>',
  '&lt;b&gt;',
  '&#0;',
  '%00',
  '\0',
  'a\0b',
  '\r\nSet-Cookie: a=b',
  '\nBcc: eve@example.org',
  '\r\n\r\n<html>',
  '\u2028',
  '\u2029',
  '\u0085',
  '\x1b[31m',
  '\x07',
  '\ufeff',
  '\ufffd',
  '\ufffe',
  '\u202e',
  '\u200b',
  '\u00ad',
  '\u0000\u0001\u0002',
  '%s%s%s%n',
  '%d %o %j',
  '{"level":60}',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  'undefined',
  'null',
  'true',
  'NaN',
  '-1',
  '0',
  '1e309',
  '9007199254740993',
  '0x10',
  '[]',
  '{}',
  '[object Object]',
  '../../etc/passwd',
  '..%2f..%2f',
  'file:///etc/passwd',
  'http://169.254.169.254/',
  '//e.test',
  '|id',
  ';id',
  '`id`',
  '$(id)',
  '&& id',
  '=1+1',
  '+1',
  '@SUM(1)',
  '(((((((((((((((a+)+)+)+)+',
  '.*(',
  '\\',
  '/',
  '#',
  '?',
  '%',
  '%2',
  '%zz',
  '+',
  '&',
  '=',
  ';',
  'é',
  'e\u0301',
  'İ',
  'ı',
  'ſ',
  'K',
  '\ud83c\udf32',
  'a\u0300\u0301\u0302'.repeat(50),
  '🏳️‍🌈',
  '﷽'.repeat(20),
  'ⅷ',
  '①',
  'ǆ',
  'ß',
  ' '.repeat(500),
  'a'.repeat(255),
  'a'.repeat(256),
  'a'.repeat(10_000),
  '🌲'.repeat(5_000),
  '\t',
  ' ',
  '',
]
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: they are what someone might type

/** A sample: every fifth. */
const fragments = isWhole ? allFragments : allFragments.filter((_, at) => at % 5 === 0)

const forms = {
  '/register': ['name', 'email', 'password', 'return_to', 'form_token', 'kept_email'],
  '/login': ['email', 'password', 'remember', 'return_to', 'form_token'],
}

onWalkedDatabases('Hostile input', (database) => {
  const app = useApp(database)

  for (const [path, fields] of Object.entries(forms)) {
    it.each(fields)(
      `V2.2.1 V1.2.4 in ${path}: %s takes ${fragments.length} hostile values without a failure`,
      async (field) => {
        for (const value of fragments) {
          const browser = app().visitor()
          const filled: Record<string, string> = { ...someone(), [field]: value }
          await browser.open(path)
          const answer = await browser.submitOnly(filled)
          expect([303, 403, 400], JSON.stringify(value)).toContain(answer.status)
          const location = answer.headers.get('location')
          if (location) expect(new URL(location, 'http://localhost:3000').origin).toBe('http://localhost:3000')
          const asJson = await app()
            .visitor()
            .json('POST', `/api/v1${path}`, { ...filled, ...(field === 'email' ? {} : someone({ [field]: value })) })
          expect(asJson.status, JSON.stringify(value)).toBeLessThan(500)
        }
      },
    )
  }

  it('V1.2.1 V3.2.2 is shown as text wherever it is shown again', async () => {
    for (const value of fragments.filter((one) => /[<>"']/.test(one))) {
      const browser = app().visitor()
      await browser.open('/register')
      await browser.submit({ name: value, email: value, password: 'x' })
      expect(browser.page.html).not.toMatch(/<script>|<svg onload|<img src=x|<b>|<\?php/)
      const named = app().visitor()
      await named.json('POST', '/api/v1/register', someone({ name: value }))
      expect((await named.open('/account')).html).not.toMatch(/<script>|<svg onload|<img src=x|<b>|<\?php/)
    }
  })

  it('deletes no table, and afterwards there are as many passwords as accounts', async () => {
    const { db } = app().services.database
    const accounts = await db.selectFrom('gatelodge_accounts').select('id').execute()
    const passwords = await db.selectFrom('gatelodge_passwords').select('account_id').execute()
    expect(accounts.length).toBeGreaterThan(isWhole ? 50 : 10)
    expect(passwords).toHaveLength(accounts.length)
  })

  it('V16.4.1 V1.3.10 makes one line of the log for one event, whatever it holds', async () => {
    for (const agent of ['%s%d%j', '{"level":60}', 'x\u2028y']) {
      await app()
        .visitor()
        .send('GET', '/login', undefined, { 'user-agent': encodeURIComponent(agent) })
    }
    for (const line of app().logged)
      expect(line).toMatchObject({
        level: expect.any(String),
        time: expect.stringMatching(/Z$/),
        msg: expect.any(String),
      })
  })

  it('V1.3.3 finds no field of a password that could be changed by it', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    for (const value of fragments) {
      const answer = await browser.json('POST', '/api/v1/password', { current_password: value, new_password: value })
      expect(answer.status, JSON.stringify(value)).toBe(422)
    }
    expect((await app().visitor().logIn(ada)).path).toBe('/account')
  })
})
