import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSequence } from './sequences.ts'

const backwards = (text: string) => [...text].reverse().join('')

describe('A simple pattern', () => {
  it.each([
    ['a row of digits', '12345678'],
    ['a row that begins again', '67890123'],
    ['the alphabet', 'abcdefgh'],
    ['the alphabet in another script', 'абвгдежз'],
    ['a row of keys', 'qwertyuiop'],
    ['a row of keys elsewhere', 'azertyuiop'],
    ['a row of keys in another script', 'йцукенгш'],
    ['columns of keys', '1qaz2wsx'],
    ['the digits with shift', '!@#$%^&*'],
    ['one character', 'aaaaaaaa'],
    ['one emoji', '🌲'.repeat(8)],
    ['one character, and its capital', 'aAaAaAaA'],
    ['two rows', 'abcd1234'],
    ['three rows', 'qweasdzxc'],
    ['rows with something between', '1234 5678'],
    ['a row and one more', 'qwerty12345!'],
    ['three characters again and again', 'xkqxkqxkq'],
    ['a part of it at the end', 'xkqxkqxk'],
  ])('%s: %s', (_, password) => {
    expect([isSequence(password), isSequence(backwards(password)), isSequence(password.toUpperCase())]).toEqual([
      true,
      true,
      true,
    ])
  })

  it.each([
    ['words', 'violet tram lamp'],
    ['a word that is no row', 'tramlamp'],
    ['a row beside words', 'violet 12345678 tram'],
    ['a word twice', 'violetviolet'],
    ['what a machine made', 'kD7#mQ2x'],
    ['a date', '19871104'],
    ['emoji', '🌲🌳🌴🌵🌾🌿☘️🍀🍁'],
  ])('is not %s: %s', (_, password) => {
    expect([isSequence(password), isSequence(backwards(password))]).toEqual([false, false])
  })

  it('is whatever repeats up to three characters', () => {
    const unit = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 3 })
    fc.assert(fc.property(unit, fc.integer({ min: 8, max: 80 }), (one, times) => isSequence(one.repeat(times))))
  })

  it('is recognized forwards and backwards, in capital and in lower case', () => {
    const ascii = fc.string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 40 })
    fc.assert(fc.property(ascii, (text) => isSequence(text) === isSequence(text.toUpperCase())))
  })

  it('V15.2.2 is looked for in linear time', () => {
    const began = performance.now()
    for (const text of [
      'a'.repeat(1024),
      'aaaaaaab'.repeat(128),
      'ab'.repeat(512),
      `${'ab'.repeat(511)}ba`,
      '🌲'.repeat(512),
    ])
      isSequence(text)
    // Milliseconds in truth; what is quadratic would not stay below this on any machine.
    expect(performance.now() - began).toBeLessThan(500)
  })
})
