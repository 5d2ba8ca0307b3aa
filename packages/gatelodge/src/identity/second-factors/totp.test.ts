import { describe, expect, it } from 'vitest'
import { codeAt, judgeCode, keyOf, setupUri, stepAt } from './totp.ts'

const secret = Buffer.from('12345678901234567890')
/** RFC 6238, appendix B, for SHA-1: the last six of its eight digits. */
const vectors: [number, string][] = [
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
]

describe('Codes of an app', () => {
  it.each(vectors)('V6.5.1 are those of RFC 6238 at %i seconds', (at, code) => {
    expect(codeAt(secret, stepAt(at * 1000))).toBe(code)
  })

  const now = 1_700_000_000_000
  const at = (away: number) => codeAt(secret, stepAt(now) + away)
  const judge = (code: string, lastStep = 0) => judgeCode(secret, code, { now, lastStep })

  it('V6.5.5 goiabada#111: of the steps around, this one and the one before are taken', () => {
    const kinds = [-2, -1, 0, 1, 2].map((away) => judge(at(away)).kind)
    expect(kinds).toEqual(['wrong', 'right', 'right', 'wrong', 'wrong'])
  })

  it('CVE-2015-7225 CVE-2021-43177: a code is right once, and none before it afterwards', () => {
    const step = stepAt(now)
    expect(judge(at(0), step)).toEqual({ kind: 'wrong', code: 'used' })
    expect(judge(at(-1), step)).toEqual({ kind: 'wrong', code: 'used' })
    expect(judge(at(0), step - 1)).toEqual({ kind: 'right', step })
    expect(judge(at(-1), step - 1)).toEqual({ kind: 'wrong', code: 'used' })
  })

  it('V6.5.8 authelia#1161: a phone that is 25 seconds slow works; for 25 fast or 90 off the answer says why', () => {
    // The moment at which a phone shows the code of another step, whenever in a step that is.
    for (let second = 0; second < 30; second += 1) {
      const clock = now + second * 1000
      const shown = (away: number) => codeAt(secret, stepAt(clock + away * 1000))
      const kindOf = (code: string) => judgeCode(secret, code, { now: clock, lastStep: 0 })
      expect(kindOf(shown(-25)).kind).toBe('right')
      const fast = stepAt(clock + 25_000) > stepAt(clock)
      expect(kindOf(shown(25))).toMatchObject(fast ? { kind: 'wrong', code: 'clock' } : { kind: 'right' })
      for (const away of [-90, 90]) expect(kindOf(shown(away))).toEqual({ kind: 'wrong', code: 'clock' })
    }
    expect(judge(at(30))).toEqual({ kind: 'wrong', code: 'wrong' })
  })

  it('come from a key that apps know, in a link that names site and account', () => {
    expect(keyOf(secret)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
    const uri = new URL(setupUri(secret, { site: 'Ada: & Co', email: 'ada+1@example.org' }))
    expect(uri.protocol).toBe('otpauth:')
    expect(decodeURIComponent(uri.pathname)).toBe('/Ada  & Co:ada+1@example.org')
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      issuer: 'Ada  & Co',
      secret: keyOf(secret),
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    })
  })
})
