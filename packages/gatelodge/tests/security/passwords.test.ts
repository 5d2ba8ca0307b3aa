// docs/security/passwords.md refuses and takes what the code does.
import { describe, expect, it } from 'vitest'
import { isPersonal, ownersWords, siteWords } from '../../src/identity/passwords/personal.ts'
import { isSequence } from '../../src/identity/passwords/sequences.ts'
import { codes, document, table } from '../support/documents.ts'

const page = 'docs/security/passwords.md'
const site = siteWords({ siteName: 'Acme Books', baseUrl: 'https://accounts.example.org' })
const ada = ownersWords({ name: 'Ada Lovelace', email: 'ada.king@example.com' })

describe('The page on passwords', () => {
  it.each([
    ['Simple patterns', isSequence],
    ['Words about the person or the site', (password: string) => isPersonal(password, [...site, ...ada])],
  ])('gives examples that are refused and taken: %s', (heading, isRefused) => {
    const [row] = table(page, heading)
    const [refused, taken] = [codes(row?.refused), codes(row?.accepted)]
    expect(refused.length).toBeGreaterThan(3)
    expect(refused.filter((password) => !isRefused(password))).toEqual([])
    expect(taken.length).toBeGreaterThan(0)
    expect(taken.filter(isRefused)).toEqual([])
  })

  it('lists the words of a site', () => {
    const listed = codes(
      /For a site "Acme Books" at `accounts\.example\.org`:([^.]+(?:\.\w[^.]+)*)\./.exec(document(page))?.[1],
    )
    const plain = listed.map((word) => word.replaceAll('.', ''))
    const backwards = plain.map((word) => [...word].reverse().join(''))
    // As they are compared: "l" reads as "i".
    expect([...plain, ...backwards].map((word) => word.replaceAll('l', 'i')).sort()).toEqual([...site].sort())
  })
})
