// The text of one Gatelodge: what the compiler knows of it, and what it writes.
import { describe, expect, it } from 'vitest'
import { days, hours, minutes, seconds } from '../time.ts'
import { type Catalogue, english } from './catalogue.ts'
import { type DeviceDescription, deviceName } from './device-name.ts'
import { type Problem, problemText } from './problem-text.ts'
import { createText, say } from './text.ts'

const text = createText()

/** Each of these lines fails `npm run check` if the compiler takes what stands below the comment. */
export function doesNotCompile(): unknown[] {
  const { login: _, ...withoutLogin } = english.messages
  return [
    // @ts-expect-error There is no such key.
    text.login.headin,
    // @ts-expect-error The argument is missing.
    text.login.lead({}),
    // @ts-expect-error The argument has another name.
    text.login.lead({ name: 'Acme' }),
    // @ts-expect-error What is counted is a number.
    text.rememberHint({ days: '3' }),
    // @ts-expect-error A language needs every key.
    withoutLogin satisfies Catalogue,
    // @ts-expect-error This code has no sentence.
    { field: 'email', code: 'too-short' } satisfies Problem,
    // @ts-expect-error This field has no sentences.
    { field: 'phone', code: 'empty' } satisfies Problem,
    // @ts-expect-error Of several codes each needs one.
    [] as { field: 'name'; code: 'empty' | 'taken' }[] satisfies Problem[],
    // @ts-expect-error A field of the site's own has codes of its own.
    { field: 'plan', isCustom: true, code: 'taken' } satisfies Problem,
  ]
}

/** Every message with its key. */
function messagesOf(branch: object, before = ''): [key: string, message: string | ((values: never) => string)][] {
  return Object.entries(branch).flatMap(([key, value]) =>
    typeof value === 'object' ? messagesOf(value, `${before}${key}.`) : [[before + key, value]],
  )
}

describe('The text', () => {
  it('has every message of the catalogue, each of which can be written', () => {
    const { language, direction, formats, ...messages } = text
    const all = messagesOf(messages)
    expect([language, direction, formats.life(hours(1))]).toEqual(['en', 'ltr', '1 hour'])
    expect(all.length).toBeGreaterThan(400)
    const values = new Proxy({}, { has: () => true, get: () => 7 })
    for (const [key, message] of all) expect(say(message, values), key).toMatch(/\w/)
  })

  it('counts: one is not many', () => {
    expect([1, 2].map((least) => text.passwordHint({ least }))).toEqual([
      'At least 1 character. A few random words work well.',
      'At least 2 characters. A few random words work well.',
    ])
  })

  it('shows values as they are: braces, markup and apostrophes in them mean nothing', () => {
    expect(text.account.greeting({ name: "{email} <b> '' #" })).toBe("Hello, {email} <b> '' #")
  })
})

describe('Durations', () => {
  it.each([
    [hours(24), '24 hours'],
    [hours(48), '48 hours'],
    [days(3), '3 days'],
    [days(14), '14 days'],
    [hours(1), '1 hour'],
    [minutes(90), '90 minutes'],
    [seconds(20), '1 minute'],
  ])('a link that works for %i ms', (life, words) => {
    expect(text.formats.life(life)).toBe(words)
  })

  it.each([
    [1, '1 second'],
    [60, '1 minute'],
    [125, '2 minutes and 5 seconds'],
    [3_600, '1 hour'],
    [82_190, '22 hours and 50 minutes'],
  ])('a wait of %i s', (wait, words) => {
    expect(text.formats.wait(seconds(wait))).toBe(words)
  })
})

describe('A device', () => {
  it.each<[DeviceDescription, string]>([
    [{ browser: 'Firefox', system: 'Windows' }, 'Firefox on Windows'],
    [{ browser: 'Firefox' }, 'Firefox'],
    [{ system: 'Windows' }, 'A browser on Windows'],
    [{}, 'Unknown device'],
    [{ browser: 'Firefox', system: 'Windows', isApp: true }, 'App (Firefox on Windows)'],
    [{ isApp: true }, 'App (Unknown device)'],
    [{ isCommandLine: true }, 'Command line'],
  ])('%o is called %s', (device, name) => {
    expect(deviceName(text, device)).toBe(name)
  })
})

describe('A problem', () => {
  it.each<[Problem, string]>([
    [{ field: 'email', code: 'typo', meant: 'ada@example.org' }, 'Did you mean ada@example.org?'],
    [{ field: 'email', code: 'rate-limited', seconds: 65 }, 'Try again in 1 minute and 5 seconds'],
    [{ field: 'password', code: 'too-short' }, 'Password must be at least 12 characters'],
    [{ field: 'plan', isCustom: true, code: 'no-choice' }, 'Choose an answer for “Plan”'],
    [{ field: 'email', code: 'refused', message: 'Not here.' }, 'Not here.'],
    // From the cookie of another version.
    [{ field: 'email', code: 'gone' } as unknown as Problem, 'Some fields are not right'],
    [{ field: 'gone', code: 'gone' } as unknown as Problem, 'Some fields are not right'],
  ])('%o', (problem, words) => {
    expect(problemText(text, problem, { least: 12, label: 'Plan' })).toContain(words)
  })
})
