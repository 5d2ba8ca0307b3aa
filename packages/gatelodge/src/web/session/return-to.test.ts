import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { returnTarget, safeReturnTo } from './return-to.ts'

/** Ways in which people have tried to be sent somewhere else. */
const hostileReturns = [
  '//e.test',
  '///e.test',
  '////e.test',
  '/\\e.test',
  '\\/e.test',
  '\\\\e.test',
  'https:e.test',
  'https:/e.test',
  'https://e.test',
  'http://localhost:3000@e.test/',
  'HTTPS://e.test',
  '//us.test@e.test',
  '/%5ce.test',
  '/%5Ce.test',
  '/%2fe.test',
  '/%2Fe.test',
  '/\t/e.test',
  '/\n/e.test',
  '/\r\n/e.test',
  '\t//e.test',
  ' //e.test',
  '/ /e.test\r\nset-cookie: a=b',
  '/%09/e.test',
  '/%0a/e.test',
  '/%0d%0aset-cookie:a=b',
  '/.//e.test',
  '/..//e.test',
  '/a/..//e.test',
  '/./%5ce.test',
  '/a/../%2fe.test',
  '/./\\e.test',
  '/a\\b',
  'javascript:alert(1)',
  'javascript://%0aalert(1)',
  'data:text/html,x',
  'vbscript:x',
  'e.test',
  '.e.test',
  '@e.test',
  '?//e.test',
  '#//e.test',
  '',
  '/\0',
  '/\ud800',
  `/${'a'.repeat(20_000)}`,
  `/${'漢'.repeat(999)}`,
  '/login',
  '/logout',
  '/register?return_to=/register',
  '/login?return_to=//e.test',
  '/',
]

describe('Where to return to', () => {
  it.each(hostileReturns)('V3.7.2 is never %j', (given) => {
    expect(safeReturnTo(given)).toBeUndefined()
  })

  it.each([
    ['/account', '/account'],
    ['/account?from=mail&x=//y', '/account?from=mail&x=//y'],
    ['/books/42#reviews', '/books/42#reviews'],
    ['/books/42?page=2#//e.test', '/books/42?page=2#//e.test'],
    [`/a?${'q'.repeat(2_045)}`, `/a?${'q'.repeat(2_045)}`],
    [`/a?${'q'.repeat(2_045)}#here`, `/a?${'q'.repeat(2_045)}`],
    [`/a?${'q'.repeat(2_046)}`, '/a'],
    [`/a?${'漢'.repeat(300)}#here`, '/a'],
    ['/a//b', '/a//b'],
    ['/café', '/caf%C3%A9'],
    ['/a/../account', '/account'],
    ['/@handle', '/@handle'],
  ])('may be %s', (given, to) => {
    expect(safeReturnTo(given)).toBe(to)
  })

  it('V1.5.3 stays on this site for whatever was given, in the parser that browsers use', () => {
    const piece = fc.oneof(
      fc.constantFrom('/', '//', '\\', '.', '..', '%2f', '%5c', '@', ':', '\t', 'e.test', '?', '#', 'http:'),
      fc.string(),
    )
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }).map((list) => `/${list.join('')}`),
        (given) => {
          const to = safeReturnTo(given)
          if (to === undefined) return
          expect(new URL(to, 'https://own.example').origin).toBe('https://own.example')
          expect(to).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/)
          expect(safeReturnTo(to)).toBe(to)
        },
      ),
      { numRuns: 3_000 },
    )
  })

  it('V3.7.2 is bounded alike where it is on another host that the settings name', () => {
    const settings = { baseUrl: 'https://login.test', basePath: '', allowedReturnHosts: ['app.test'] }
    const to = (given: string) => returnTarget(settings, given)
    expect(to('https://app.test/a?b=1#c')).toBe('https://app.test/a?b=1#c')
    expect(to('https://login.test/a?b=1#c')).toBe('/a?b=1#c')
    expect(to(`https://app.test/a?${'q'.repeat(3_000)}`)).toBe('https://app.test/a')
    expect(to(`https://app.test/${'a'.repeat(3_000)}`)).toBeUndefined()
    expect(to('https://e.test/a#https://app.test/')).toBeUndefined()
  })
})
