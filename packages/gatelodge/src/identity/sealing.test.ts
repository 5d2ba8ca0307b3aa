import { describe, expect, it } from 'vitest'
import { createSealing, newToken } from './sealing.ts'

const old = 'an-older-secret-0123456789-abcdefghijkl'
const current = 'the-current-secret-0123456789-abcdefghi'

describe('Sealing', () => {
  it('gives back what was sealed, for the same purpose only', () => {
    const sealing = createSealing([current])
    const sealed = sealing.seal('visit cookie', 'Ada ✓')
    expect(sealing.open('visit cookie', sealed)).toBe('Ada ✓')
    expect(sealing.open('form token', sealed)).toBeUndefined()
    expect(sealed).not.toContain('Ada')
  })

  it('V9.1.1 V11.2.5 V11.3.3 refuses a text in which a single bit was changed', () => {
    const sealing = createSealing([current])
    const bytes = Buffer.from(sealing.seal('visit cookie', 'to be kept'), 'base64url')
    for (let index = 0; index < bytes.length * 8; index += 1) {
      const changed = Buffer.from(bytes)
      changed[index >> 3] = (changed[index >> 3] as number) ^ (1 << (index & 7))
      expect(sealing.open('visit cookie', changed.toString('base64url')), `bit ${index}`).toBeUndefined()
    }
    for (const nonsense of ['', 'x', 'A'.repeat(38), '∞', '='.repeat(100)]) {
      expect(sealing.open('visit cookie', nonsense)).toBeUndefined()
    }
  })

  it('V11.2.2 V13.3.4 opens and verifies what an older secret sealed, and seals with the newest', () => {
    const before = createSealing([old])
    const rotated = createSealing([current, old])
    const after = createSealing([current])
    const sealed = before.seal('visit cookie', 'from before')
    const signature = before.sign('form token', 'someone')
    expect(rotated.open('visit cookie', sealed)).toBe('from before')
    expect(rotated.verify('form token', 'someone', signature)).toBe(true)
    expect(after.open('visit cookie', sealed)).toBeUndefined()
    expect(after.verify('form token', 'someone', signature)).toBe(false)
    expect(after.open('visit cookie', rotated.seal('visit cookie', 'new'))).toBe('new')
  })

  it('V11.3.4 never uses a nonce twice', () => {
    const sealing = createSealing([current])
    const nonces = new Set(Array.from({ length: 20_000 }, () => sealing.seal('visit cookie', '').slice(0, 16)))
    expect(nonces.size).toBe(20_000)
  })

  it('V7.2.3 V11.5.1 makes tokens of 32 random bytes, no two the same', () => {
    const tokens = new Set(Array.from({ length: 100_000 }, newToken))
    expect(tokens.size).toBe(100_000)
    for (const token of [...tokens].slice(0, 100)) expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  })
})
