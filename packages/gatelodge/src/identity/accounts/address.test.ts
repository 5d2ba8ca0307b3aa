import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { judgeLength } from '../passwords/length.ts'
import { addressRefusal, parseAddress } from './address.ts'
import { parseName } from './name.ts'

describe('An email address', () => {
  it.each([
    ['ada@example.org', 'ada@example.org'],
    ['  Ada@Example.ORG ', 'ada@example.org'],
    ['\u00a0ada@example.org\u00a0', 'ada@example.org'],
    ['\u200b\u202aada@example.org\u202c\ufeff \u2003', 'ada@example.org'],
    ["o'brien+news@mail.example.org", "o'brien+news@mail.example.org"],
    ['ada@exämple.org', 'ada@xn--exmple-cua.org'],
    ['ada@exa\u0308mple.org', 'ada@xn--exmple-cua.org'],
    ['ada@EXÄMPLE.org', 'ada@xn--exmple-cua.org'],
    ['ada@straße.de', 'ada@xn--strae-oqa.de'],
    ['ada@ｅxample.org', 'ada@example.org'],
    ['a@b.c', 'a@b.c'],
    [`${'a'.repeat(64)}@example.org`, `${'a'.repeat(64)}@example.org`],
    ['.ada..l.@example.org', '.ada..l.@example.org'],
    ['a%2540b@example.org', 'a%2540b@example.org'],
  ])('%s is the same as %s', (typed, normalised) => {
    expect(parseAddress(typed)?.normalised).toBe(normalised)
  })

  it.each([
    ['nothing', ''],
    ['no @', 'ada.example.org'],
    ['nothing before the @', '@example.org'],
    ['nothing behind the @', 'ada@'],
    ['two @', 'ada@evil@example.org'],
    ['a domain without a dot', 'ada@example'],
    ['a space inside', 'ada l@example.org'],
    ['a tab at the end', 'ada@example.org\t'],
    ['a line break', 'ada@example.org\nbcc: eve@example.org'],
    ['a NUL', 'ada\0@example.org'],
    ['a second recipient', 'ada@example.org,eve@example.org'],
    ['a semicolon', 'ada;eve@example.org'],
    ['angle brackets', '<ada@example.org>'],
    ['a quoted local part', '"ada"@example.org'],
    ['a comment', 'ada(home)@example.org'],
    ['an IP address', 'ada@[127.0.0.1]'],
    ['an IP address without brackets', 'ada@127.0.0.1'],
    ['an IP address that would be completed', 'ada@127.1'],
    ['a percent sign that would be decoded', 'ada@ex%61mple.org'],
    ['a path', 'ada@example.org/x'],
    ['a port', 'ada@example.org:25'],
    ['user information', 'ada@user:pw@example.org'],
    ['an empty label', 'ada@example..org'],
    ['a dot at the end', 'ada@example.org.'],
    ['a label with a hyphen at its end', 'ada@example-.org'],
    ['an underscore', 'ada@ex_ample.org'],
    ['a label of 64 characters', `ada@${'a'.repeat(64)}.org`],
    ['a local part of 65 characters', `${'a'.repeat(65)}@example.org`],
    ['255 bytes', `${'a'.repeat(60)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(11)}`],
    ['emails that no mail server here takes before the @', 'müller@example.org'],
    ['a full-width character before the @, which is another mailbox', 'ａda@example.org'],
    ['a long s before the @, likewise', 'ſam@example.org'],
    ['a dot that hides (U+2024)', 'ada\u2024l@example.org'],
    ['an @ that hides (U+FF20)', 'ada\uff20evil.org@example.org'],
    ['a dot that hides in the domain (U+3002)', 'ada@example\u3002org'],
    ['a soft hyphen in the domain', 'ada@exam\u00adple.org'],
    ['a zero-width space', 'ada\u200b@example.org'],
    ['a right-to-left override', 'ada\u202e@example.org'],
    ['half a character', 'ada\ud800@example.org'],
    ['a Kelvin sign that becomes a k is still one address, but ligatures with a dot are not', 'ada\u2488@example.org'],
  ])('with %s is none', (_, typed) => {
    expect(parseAddress(typed)).toBeUndefined()
  })

  it('V1.3.3 V1.1.1 that is accepted normalises to itself, on one string, without controls, within 254 bytes', () => {
    const character = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...'abcABC019.-_+@ äßİıſKÅ\u0308\u200b\uff20\u2024\u3002ａ%"<,;') },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }) },
    )
    const part = fc.array(character, { minLength: 1, maxLength: 12 }).map((list) => list.join(''))
    const address = fc.tuple(part, part, part).map(([local, domain, end]) => `${local}@${domain}.${end}`)
    let accepted = 0
    fc.assert(
      fc.property(fc.oneof(address, fc.emailAddress(), fc.string({ unit: 'binary' })), (typed) => {
        const parsed = parseAddress(typed)
        if (!parsed) return
        accepted += 1
        expect(parseAddress(parsed.normalised)?.normalised).toBe(parsed.normalised)
        expect(parseAddress(parsed.given)?.normalised).toBe(parsed.normalised)
        expect(parsed.normalised).toMatch(/^[\x21-\x7e]+$/)
        expect(Buffer.byteLength(parsed.given)).toBeLessThanOrEqual(254)
      }),
      { numRuns: 5_000 },
    )
    // A property that nothing satisfies proves nothing.
    expect(accepted).toBeGreaterThan(500)
  })

  it('V1.3.12 is refused without work where it is 100 kB long', () => {
    const normalize = vi.spyOn(String.prototype, 'normalize')
    const replace = vi.spyOn(String.prototype, 'replace')
    for (const long of [
      `a@a${'.a'.repeat(50_000)}`,
      `a${' '.repeat(65_000)}b`,
      `a${'\u0301\u0316'.repeat(16_000)}@b.cd`,
    ]) {
      expect(parseAddress(long)).toBeUndefined()
      expect(parseName(long)).toEqual({ refusal: 'too-long' })
      expect(judgeLength(long, { passwordMinLength: 8 })).toBe('too-long')
    }
    expect([normalize.mock.calls.length, replace.mock.calls.length]).toEqual([0, 0])
    vi.restoreAllMocks()
  })
})

describe('What is wrong with a text that is no address', () => {
  it.each([
    ['', 'empty'],
    ['\u00a0 \u200b', 'empty'],
    ['ada', 'form'],
    ['@example.org', 'form'],
    ['müller', 'form'],
    ['müller@', 'form'],
    ['müller@example.org', 'local-not-ascii'],
    ['\u00a0müller@example.org\u200b', 'local-not-ascii'],
    ['ａda@example.org', 'local-not-ascii'],
    ['a d@example.org', 'form'],
    [`${'ü'.repeat(2_000)}@example.org`, 'local-not-ascii'],
  ])('in "%s": %s', (typed, refusal) => {
    expect(parseAddress(typed)).toBeUndefined()
    expect(addressRefusal(typed)).toBe(refusal)
  })
})
