import { describe, expect, it } from 'vitest'
import { parseAddress } from './address.ts'
import { probablyMeant } from './typo.ts'

describe('A slip of the finger', () => {
  it.each([
    ['ada@gmial.com', 'ada@gmail.com'],
    ['ada@gmail.cm', 'ada@gmail.com'],
    ['Ada@HOTMIAL.com', 'ada@hotmail.com'],
    ['ada@yaho.com', 'ada@yahoo.com'],
    ['ada@gmail.com', undefined],
    ['ada@gmx.net', undefined],
    ['ada@example.org', undefined],
    ['ada@wb.de', 'ada@web.de'],
    ['ada@acme.co', undefined],
    ['ada@exämple.org', undefined],
  ])('in %s: %s', (typed, meant) => {
    const address = parseAddress(typed)
    expect(address && probablyMeant(address)).toBe(meant)
  })
})
