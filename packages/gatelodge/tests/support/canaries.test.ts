// The search itself finds what is there: what it does not find is not there.
import { describe, expect, it } from 'vitest'
import { find, spellings } from './canaries.ts'
import { passwords } from './typed.ts'

describe('The search for canaries', () => {
  const canary = passwords['the password']
  const seen = (canary: string, content: string | Buffer) => find({ canary }, [{ name: 'here', content }])

  it.each(Object.keys(spellings(canary)))('finds it as %s', (spelling) => {
    for (const form of spellings(canary)[spelling] ?? [])
      expect(seen(canary, `before ${form} after`)).toContain(`canary, as ${spelling}, in here`)
  })

  it('finds a token as the bytes that it stands for', () => {
    const bytes = Buffer.from('0123456789 this is a token 98765')
    expect(seen(bytes.toString('base64url'), Buffer.concat([bytes, bytes]))).toEqual(['canary, as bytes, in here'])
  })

  it.each([0, 1, 2, 3])('finds it in base64 behind %i other bytes', (before) => {
    const longer = Buffer.concat([Buffer.alloc(before, 'x'), Buffer.from(canary), Buffer.from('and on')])
    for (const encoding of ['base64', 'base64url'] as const)
      expect(seen(canary, longer.toString(encoding))).toEqual(['canary, as base64, in here'])
  })
})
