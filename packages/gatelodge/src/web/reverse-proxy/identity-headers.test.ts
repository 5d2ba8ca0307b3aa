import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { believedNames } from '../../../tests/support/believed-names.ts'
import { asHeader, isBelieved, withoutBelieved } from './identity-headers.ts'

const names = [
  'remote-user',
  'remote-email',
  'remote-name',
  'remote-groups',
  'remote-token',
  'x-auth-request-user',
  'x-forwarded-user',
  'x-forwarded-for',
  'forwarded',
  'http-remote-user',
  'x-remote-user',
  'proxy',
  'client-ip',
  'true-client-ip',
  ...believedNames.map((name) => name.toLowerCase()),
]

/** Each email large or small, each hyphen any sign that a header's name may hold. */
const spelled = fc
  .constantFrom(...names)
  .chain((name) =>
    fc
      .tuple(
        ...[...name].map((sign) =>
          sign === '-' ? fc.constantFrom(...'-_.~!#$%&*+^`|') : fc.constantFrom(sign, sign.toUpperCase()),
        ),
      )
      .map((signs) => signs.join('')),
  )

describe('What no client may send to the app behind', () => {
  it('V4.1.3 is taken off in every spelling', () => {
    fc.assert(
      fc.property(spelled, (name) => {
        expect([isBelieved(name), withoutBelieved({ [name]: 'root' })]).toEqual([true, {}])
      }),
    )
  })

  it('V4.1.3 is taken off with an underscore, whatever it is', () => {
    expect(withoutBelieved({ transfer_encoding: 'chunked', x_own: '1' })).toEqual({})
  })

  it('does not change other headers', () => {
    const kept = { accept: '*/*', 'x-remote': '1', remoteness: '2', 'x-forward': '3', authorization: 'Bearer x' }
    expect(withoutBelieved(kept)).toEqual(kept)
  })
})

describe('What the app learns about a person', () => {
  it('V1.2.1 is printable ASCII, and one decoding gives back any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(asHeader(text)).toMatch(/^[\x20-\x7e]*$/)
        expect(decodeURIComponent(asHeader(text))).toBe(text.toWellFormed())
      }),
    )
    expect(asHeader('Ada Lovelace')).toBe('Ada Lovelace')
  })
})
