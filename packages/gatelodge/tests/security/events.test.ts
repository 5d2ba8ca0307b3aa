// docs/security/events.md lists every event, and each says what the page says of it.
import { expect, it } from 'vitest'
import { capabilities } from '../../src/app.ts'
import { type AuditedEvent, type KeptIn, outcomeOf, sharedEvents } from '../../src/identity/audit/events.ts'
import { onEachDatabase } from '../support/databases.ts'
import { codes, document, filesWith, onlyTable, sources } from '../support/documents.ts'
import { useApp } from '../support/make-app.ts'

const events = onlyTable('docs/security/events.md')
const listed = events.flatMap((row) => codes(row.event))

const declared: [string, KeptIn][] = [sharedEvents, ...capabilities.map((one) => one.events ?? {})].flatMap((events) =>
  Object.entries(events),
)

onEachDatabase('The list of events', (database) => {
  const app = useApp(database)

  it('V16.2.1 lists what each says: its moment, its request, who, and how it ended', async () => {
    const browser = app().visitor()
    await browser.open('/account')
    const ada = await browser.register()
    await browser.json('POST', '/api/v1/password', { current_password: 'wrong', new_password: 'copper window tide' })
    await browser.logOut()
    await browser.logIn({ ...ada, password: 'wrong password' })
    await browser.logIn(ada)
    const names = new Set(app().logged.map(({ msg }) => msg))
    for (const name of [
      'access.refused',
      'login.failed',
      'login.succeeded',
      'logout.succeeded',
      'password.change-refused',
      'registration.succeeded',
    ])
      expect(names).toContain(name)
    for (const { time, level, msg, ...said } of app().logged) {
      const row = events.find(({ event }) => codes(event)[0] === msg)
      expect(time).toBe(new Date(String(time)).toISOString())
      expect(level, String(msg)).toBe(row?.level)
      expect(codes(row?.says), String(msg)).toEqual(expect.arrayContaining(Object.keys(said)))
      expect(said.request, String(msg)).toMatch(/^[\da-f]{8}-\w+$/)
    }
  })
})

it('V16.1.1 every event of the code stands in the list, and in the guide for operators', () => {
  const code = sources.map((source) => source.code).join('\n')
  const named = [
    ...declared.map(([event]) => ['', event]),
    ...code.matchAll(/log\.\w+\([^'\n]*?(?:\{.*\})?, '([\w.-]+)'\)/g),
    ...code.matchAll(/msg: '(\w+)'/g),
  ]
  const inCode = new Set([...named.map((match) => match[1] ?? ''), 'request'])
  expect([...inCode].sort(), 'docs/security/events.md').toEqual([...listed].sort())
  const guide = document('docs/running/production.md')
  expect(
    listed.filter((event) => !guide.includes(`\`${event}\``)),
    'not in docs/running/production.md',
  ).toEqual([])
})

it('V16.1.1 every event has one owner, and a capability writes its own and the shared ones only', () => {
  const names = declared.map(([event]) => event)
  expect(names.filter((event, index) => names.indexOf(event) !== index)).toEqual([])
  for (const { name, events = {} } of capabilities) {
    const may = new Set([...Object.keys(events), ...Object.keys(sharedEvents)])
    const files = sources.filter((source) => source.name.startsWith(`src/capabilities/${name}/`))
    const written = files.flatMap(({ code }) =>
      [...code.matchAll(/'([a-z-]+\.[a-z-]+)'/g)].map(([, event = '']) => event),
    )
    const strange = written.filter((event) => names.includes(event) && !may.has(event))
    expect(strange, name).toEqual([])
    expect(Object.keys(events).filter((event) => written.filter((one) => one === event).length < 2)).toEqual([])
  }
})

it('V16.2.1 the last word of a recorded event says how it ended', () => {
  const recorded = declared.filter(([, kept]) => kept === 'record').map(([event]) => event as AuditedEvent)
  const ended = (outcome: string) => recorded.filter((event) => outcomeOf(event) === outcome).sort()
  expect(ended('asked')).toEqual(['password-reset.requested', 'registration.requested'])
  expect(ended('refused')).toMatchInlineSnapshot(`
    [
      "console.refused",
      "invitation.refused",
      "key.refused",
      "login.failed",
      "login.unfinished",
      "password.change-refused",
      "reauthentication.failed",
      "registration.refused",
      "two-factor.failed",
      "two-factor.locked",
    ]
  `)
})

it('V16.2.3 V16.4.2 events go to stdout, and no code of ours opens, reads or changes them again', () => {
  expect(filesWith(/process\.stdout|pino\.destination|console\.(?:log|info|warn|error)/)).toEqual(
    expect.arrayContaining(['src/log.ts', 'src/cli/serve.ts']),
  )
  expect(filesWith(/process\.stdout|pino\.destination/)).toEqual(['src/log-lines.ts', 'src/log.ts'])
  expect(
    filesWith(/\bconsole\.(?:log|info|warn|error|debug|trace|table|dir)\b/).filter(
      (name) => !name.startsWith('src/cli/'),
    ),
  ).toEqual([])
  // A backup; and rows that an import could not take: a file for the operator, and no events.
  expect(filesWith(/createWriteStream|appendFile|syslog/)).toEqual([
    'src/cli/backup/write.ts',
    'src/cli/import/rejects.ts',
  ])
})
