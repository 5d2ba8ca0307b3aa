import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPersonal, ownersWords, siteWords } from './personal.ts'

const site = siteWords({ siteName: 'Acme Books', baseUrl: 'https://accounts.example.org:8443' })
const ada = { name: 'Zoë Ada Lovelace', email: 'ada.king1815@mail.example.com' }
const words = [...site, ...ownersWords(ada)]

describe('A password made of words about the person or the site', () => {
  it.each([
    ['V6.2.11 the name of the site', 'acmebooks'],
    ['V6.2.11 a part of it and a year', 'Books2026'],
    ['V6.2.11 the host', 'accounts.example.org'],
    ['V6.2.11 a part of the host', '!!accounts!!'],
    ['V6.2.11 the name of this product', 'gatelodge1'],
    ['V6.2.11 the address', 'ada.king1815@mail.example.com'],
    ['V6.2.11 what stands before the @', 'ada.king1815'],
    ['V6.2.11 the domain', 'mail.example.com'],
    ['V6.2.11 the word in front of their digits', 'king1990'],
    ['the name', 'zoe ada lovelace'],
    ['one of the names', 'LoveLace'],
    ['one of the names backwards', 'ecalevol99'],
    ['without its accent', 'ZOE1234567'],
    ['with the accent made of two', 'Zoe\u0308-1234567'],
    ['with digits in front and behind', '1815ada1852'],
    ['repeated', 'adaada ada'],
    ['several of them', 'ada@acme.books'],
    ['leet', 'L0v3l4c3!2024'],
    ['leet that reads two ways', '1ove1ace'],
    ['leet with signs', '@d@k!ng$$'],
    ['with three more emails', 'lovelacexyz'],
  ])('is one with %s: %s', (_, password) => {
    expect(isPersonal(password, words)).toBe(true)
  })

  it.each([
    ['a sentence that holds the first name', 'ada likes violet trams'],
    ['a name with four more emails', 'lovelace tram'],
    ['words', 'violet tram lamp'],
    ['no word at all', '#7!92_441'],
    ['what a machine made', 'kD7#mQ2x'],
    ['emoji beside a name', 'ada🎻🚲🦊🎈⛵'],
  ])('is not %s: %s', (_, password) => {
    expect(isPersonal(password, words)).toBe(false)
  })

  it('ignores words of one or two characters, but not names that have no more', () => {
    const judge = (name: string, password: string) => isPersonal(password, ownersWords({ name, email: '' }))
    expect(judge('Jo', 'jo-19871104')).toBe(false)
    expect(judge('李明', '李明19871104')).toBe(true)
  })

  it('needs nothing to be known', () => {
    expect(isPersonal('violet tram lamp', ownersWords({ name: '', email: '' }))).toBe(false)
    expect(isPersonal('19871104', ownersWords({ name: '', email: '' }))).toBe(false)
  })

  it('is any word about someone between digits and punctuation, in any case, there and back', () => {
    const name = fc.stringMatching(/^[a-z]{3,12}$/)
    const around = fc.stringMatching(/^[0-9 .,;:#?_-]{0,10}$/)
    fc.assert(
      fc.property(name, around, around, fc.integer({ min: 1, max: 4 }), (one, before, behind, times) => {
        const known = ownersWords({ name: one, email: '' })
        const back = [...one].reverse().join('')
        return [one, one.toUpperCase(), back].every((text) => isPersonal(before + text.repeat(times) + behind, known))
      }),
    )
  })

  it('is never one with four emails more than the words have', () => {
    const [name, more] = [fc.stringMatching(/^[a-m]{3,12}$/), fc.stringMatching(/^[n-z]{4,12}$/)]
    fc.assert(
      fc.property(name, more, (one, rest) => !isPersonal(`${one} ${rest}`, ownersWords({ name: one, email: '' }))),
    )
  })

  it('V15.2.2 is looked for in linear time', () => {
    const hostile = { name: 'aaa aab aba baa '.repeat(6), email: `${'a'.repeat(64)}@${'a.'.repeat(90)}aaab` }
    const began = performance.now()
    for (const password of ['a'.repeat(1024), 'aaaaaaab'.repeat(128), 'ﷺ'.repeat(1024), '@4'.repeat(512)])
      isPersonal(password, ownersWords(hostile))
    // Milliseconds in truth; what is quadratic would not stay below this on any machine.
    expect(performance.now() - began).toBeLessThan(500)
  })
})
