import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPublic } from './public-paths.ts'

const patterns = ['/', '/assets/*', '/about']

/** Each is read as a dot, a slash, or another sign of a path by some app, proxy or file system. */
const signs = [
  '..',
  '%2e',
  '%2E%2e',
  '.%2e',
  '%2f',
  '%2F',
  '\\',
  '%5c',
  '%5C',
  '//',
  ';',
  '%3b',
  '%25',
  '%252e',
  '%00',
  '%0a',
  '%3f',
  '%23',
  '%u002e',
  '%c0%ae',
  '%c0%af',
  '%e0%80%ae',
  '%f0%80%80%af',
  '%ff',
  '%/',
  '%2g',
  '．',
  '／',
  '%ef%bc%8e',
  '%EF%BC%8F',
  '%ef%bc%bc',
  '%ef%b9%92',
  '%ef%b9%a8',
  '%e2%80%a4',
  '%e2%80%a5',
  '%e2%81%84',
  '%e2%88%95',
  '%e2%88%96',
  '%e3%80%82',
  '%ef%bd%a1',
  '%e2%84%80',
  '%e2%80%8b',
  'é',
  '\u0001',
]

const harmless = fc.array(fc.constantFrom('a', 'B', '7', '-', '_', '.css', '/x', '%20', '%C3%BC', '~', '@', ':'))

/** As the most lenient app would read it: decoded as often as it can be, folded, with every slash a slash. */
function asReadByAnybody(path: string): string {
  let read = path
  for (let time = 0; time < 4; time += 1) {
    read = read.replace(/(?:%[\da-f]{2})+/gi, (part) => {
      try {
        return decodeURIComponent(part)
      } catch {
        return Buffer.from(part.replaceAll('%', ''), 'hex').toString('latin1')
      }
    })
  }
  const plain = read
    .normalize('NFKC')
    .replace(/[\\\u2044\u2215]/g, '/')
    .replace(/;[^/]*/g, '')
  return decodeURIComponent(new URL(`http://x${plain.replace(/[?#%]/g, encodeURIComponent)}`).pathname)
}

describe('A public path', () => {
  it('V8.3.1 is never one with a sign that may be read in two ways, wherever it stands', () => {
    fc.assert(
      fc.property(harmless, fc.constantFrom(...signs), harmless, (before, sign, after) => {
        const path = `/assets/${before.join('')}${sign}${after.join('')}`
        expect(isPublic(path, patterns), path).toBe(false)
        expect(isPublic(`${path}?x=1`, patterns), path).toBe(false)
      }),
      { numRuns: 2_000 },
    )
  })

  it('V8.3.1 stays below its folder, however an app reads it', () => {
    const any = fc.oneof(
      fc.constantFrom(...signs, '/', '.', 'a'),
      fc.integer({ min: 0, max: 255 }).map((byte) => `%${byte.toString(16).padStart(2, '0')}`),
      fc.string({ unit: 'binary', maxLength: 2 }).map((text) => encodeURIComponent(text.toWellFormed())),
    )
    let publicOnes = 0
    fc.assert(
      fc.property(fc.array(any, { maxLength: 6 }), (parts) => {
        const path = `/assets/${parts.join('')}`
        if (!isPublic(path, patterns)) return
        publicOnes += 1
        expect(asReadByAnybody(path), path).toMatch(/^\/assets\//)
        expect(asReadByAnybody(path).split('/'), path).not.toContain('..')
      }),
      { numRuns: 2_000 },
    )
    expect(publicOnes).toBeGreaterThan(100)
  })

  it('has ordinary names, coded emails among them', () => {
    for (const path of [
      '/',
      '/about',
      '/?x=../y',
      '/assets/',
      '/assets/a.b/c-1.min.css',
      '/assets/B%C3%BCcher%20(1).pdf',
    ])
      expect(isPublic(path, patterns), path).toBe(true)
    for (const path of ['/about/', '/assets', '/Assets/a', '/other']) expect(isPublic(path, patterns), path).toBe(false)
  })
})
