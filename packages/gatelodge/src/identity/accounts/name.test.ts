import { describe, expect, it } from 'vitest'
import { parseName } from './name.ts'

describe('A name', () => {
  it.each([
    ['Ada Lovelace', 'Ada Lovelace'],
    ['  Ada  ', 'Ada'],
    ['李', '李'],
    ['José', 'José'],
    ['Jose\u0301', 'José'],
    ['نور', 'نور'],
    ['X Æ A-12 🚀', 'X Æ A-12 🚀'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['Robert\u2019); DROP TABLE Students;--', 'Robert\u2019); DROP TABLE Students;--'],
    ['🌲'.repeat(100), '🌲'.repeat(100)],
  ])('%s is kept as %s', (typed, name) => {
    expect(parseName(typed)).toEqual({ name })
  })

  it.each([
    ['nothing', '', 'empty'],
    ['spaces', ' \u00a0\u3000 ', 'empty'],
    ['what nobody can see', '\u200b\u200d', 'empty'],
    ['a filler that looks like nothing', '\u3164', 'empty'],
    ['101 characters', 'a'.repeat(101), 'too-long'],
    ['a line break inside', 'Ada\nLovelace', 'control-characters'],
    ['a NUL', 'Ada\0', 'control-characters'],
    ['an escape', '\x1b[31mAda', 'control-characters'],
    ['a line separator', 'Ada\u2028Lovelace', 'control-characters'],
    ['a mark that reverses what follows', 'Ada\u202egnp', 'control-characters'],
    ['half a character', 'Ada\ud83d', 'control-characters'],
  ])('of %s is refused', (_, typed, refusal) => {
    expect(parseName(typed)).toEqual({ refusal })
  })
})
