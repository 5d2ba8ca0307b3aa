import { describe, expect, it } from 'vitest'
import { type Cause, judgeSource, type RequestOrigin } from './same-site-rule.ts'

const base = 'https://login.example.org'
const own = new Set([base])
const foreign = 'https://evil.test'
const sibling = 'https://blog.example.org'
const host = 'login.example.org'

/** Every answer of the rule (design: "Same-site check on every POST"), one row each. */
const table: [string, RequestOrigin, Cause | 'taken'][] = [
  ['same-origin alone', { site: 'same-origin' }, 'taken'],
  ['same-origin and our Origin', { site: 'same-origin', origin: base }, 'taken'],
  ['same-origin, our Origin and our Referer', { site: 'same-origin', origin: base, referer: `${base}/login` }, 'taken'],
  [
    'same-origin and a null Origin, behind Referrer-Policy: no-referrer',
    { site: 'same-origin', origin: 'null' },
    'taken',
  ],
  [
    'same-origin, null Origin, foreign Referer',
    { site: 'same-origin', origin: 'null', referer: `${foreign}/` },
    'another-site',
  ],
  [
    'same-origin and a foreign Origin',
    { site: 'same-origin', origin: foreign, host: 'proxy.internal' },
    'other-address',
  ],
  ['same-origin and a foreign Referer', { site: 'same-origin', referer: `${foreign}/${base}/` }, 'another-site'],
  ['same-origin and an empty Origin', { site: 'same-origin', origin: '' }, 'another-site'],
  ['none and our Origin', { site: 'none', origin: base }, 'taken'],
  ['none alone', { site: 'none' }, 'hidden-source'],
  ['none and our Referer only', { site: 'none', referer: `${base}/login` }, 'hidden-source'],
  ['none and a null Origin', { site: 'none', origin: 'null' }, 'hidden-source'],
  ['none and a foreign Origin', { site: 'none', origin: foreign }, 'another-site'],
  ['same-site, a sibling', { site: 'same-site', origin: sibling }, 'another-site'],
  ['same-site that claims our Origin', { site: 'same-site', origin: base }, 'another-site'],
  ['cross-site', { site: 'cross-site', origin: foreign }, 'another-site'],
  ['cross-site and a null Origin, a sandboxed frame', { site: 'cross-site', origin: 'null' }, 'another-site'],
  ['cross-site that claims our Origin', { site: 'cross-site', origin: base }, 'another-site'],
  ['twice the header', { site: 'same-origin, cross-site', origin: base }, 'another-site'],
  ['another spelling', { site: 'Same-Origin', origin: base }, 'another-site'],
  ['an empty Sec-Fetch-Site', { site: '', origin: base }, 'another-site'],
  ['our Origin only', { origin: base }, 'taken'],
  ['our Origin and our Referer', { origin: base, referer: `${base}/` }, 'taken'],
  ['our Origin and a foreign Referer', { origin: base, referer: `${foreign}/` }, 'another-site'],
  ['a null Origin only', { origin: 'null' }, 'hidden-source'],
  ['a null Origin and our Referer', { origin: 'null', referer: `${base}/` }, 'hidden-source'],
  ['a foreign Origin only', { origin: foreign }, 'another-site'],
  ['a sibling Origin only', { origin: sibling }, 'another-site'],
  ['two Origins', { origin: `${base}, ${foreign}` }, 'another-site'],
  ['an Origin with a path', { origin: `${base}/` }, 'another-site'],
  ['an Origin in capitals', { origin: base.toUpperCase() }, 'another-site'],
  ['an Origin of another port', { origin: `${base}:8443` }, 'another-site'],
  ['an Origin of another scheme', { origin: 'http://login.example.org' }, 'another-site'],
  ['an Origin that begins like ours', { origin: `${base}.evil.test` }, 'another-site'],
  ['our Referer only, a text browser', { referer: `${base}/login` }, 'taken'],
  ['a foreign Referer only', { referer: `${foreign}/${base}/` }, 'another-site'],
  ['a Referer with our name before the @', { referer: `${base}@evil.test/` }, 'another-site'],
  ['a Referer that is none', { referer: 'nonsense' }, 'another-site'],
  ['nothing at all', {}, 'no-source'],
  ['the scheme that TLS in front took away', { origin: 'http://login.example.org', host }, 'other-address'],
  [
    'an address that the base URL does not name',
    { origin: 'http://192.168.1.5:3000', host: '192.168.1.5:3000' },
    'other-address',
  ],
  [
    'the same, from a text browser',
    { referer: 'http://192.168.1.5:3000/login', host: '192.168.1.5:3000' },
    'other-address',
  ],
  ['a foreign Origin beside the Host of another', { origin: foreign, host }, 'another-site'],
]

describe('The same-site rule', () => {
  it.each(table)('V3.5.1 %s', (_, source, answer) => {
    expect(judgeSource(source, own)?.cause ?? 'taken').toBe(answer)
  })

  it('V16.2.5 names what it saw in few words, however much was sent', () => {
    const long = `https://${'e'.repeat(5_000)}.test`
    for (const source of [{ origin: long }, { referer: `${long}/` }, { site: long }])
      expect(judgeSource(source, own)?.reason.length).toBeLessThan(130)
  })
})
