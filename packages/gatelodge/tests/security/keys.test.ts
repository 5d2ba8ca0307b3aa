// docs/security/keys.md lists the keys, algorithms and random values that the code has.
import { describe, expect, it } from 'vitest'
import { codes, filesWith, sources, table } from '../support/documents.ts'

const page = 'docs/security/keys.md'
const keys = table(page, 'Keys')
const algorithms = table(page, 'Algorithms')
const sealing = sources.find(({ name }) => name === 'src/identity/sealing.ts')?.text ?? ''
/** Passwords of other systems are compared as those systems did, until their owner logs in. Nothing else may. */
const ofOtherSystems = 'src/identity/passwords/foreign/'
const ours = sources.filter(
  ({ name }) => !name.startsWith(ofOtherSystems) && !name.startsWith('src/cli/import/presets/'),
)
const everything = ours.map(({ code }) => code).join('\n')

const found = (pattern: RegExp) => [...new Set([...everything.matchAll(pattern)].map((match) => match[1] ?? ''))].sort()

describe('The list of keys', () => {
  it('V11.1.2 has every purpose that a key is derived for, and no other', () => {
    const purposes = [...(/const purposes = \[([^\]]+)\]/.exec(sealing)?.[1]?.matchAll(/'([^']+)'/g) ?? [])].map(
      ([, one]) => one,
    )
    expect(keys.flatMap((row) => codes(row['purpose label'])).sort()).toEqual(purposes.sort())
  })

  it('V11.1.1 V13.1.4 says who makes, keeps, replaces and destroys each, and when', () => {
    for (const row of keys)
      for (const column of ['made', 'kept', 'replaced', 'destroyed']) expect(row[column], row.key).toMatch(/\w/)
    for (const row of table(page, 'Secrets of others')) expect(row.replaced).toMatch(/\w/)
  })

  it('V11.2.3 V11.4.3 has nothing below 128 bits', () => {
    const random = table(page, 'What is random and kept by others')
    for (const { bits = '' } of [...keys, ...random]) expect(Number.parseInt(bits, 10)).toBeGreaterThanOrEqual(128)
    expect(sealing).toMatch(/hkdfSync\('sha256', secret, '', .*, 32\)/)
    expect(sealing).toMatch(/ivLength = 12\nconst tagLength = 16/)
  })
})

describe('The list of algorithms', () => {
  const listed = algorithms.flatMap((row) => codes(row.algorithm))

  it('V11.3.1 V11.3.2 V11.3.5 V11.4.1 has every cipher and hash of the code: one authenticated cipher, one family of hashes, and what a protocol of others asks', () => {
    expect(found(/create(?:C|Dec)ipheriv\('([^']+)'/g)).toEqual(['aes-256-gcm'])
    expect(found(/(?:createHmac|createHash|hash|hkdfSync)\('([^']+)'/g)).toEqual(['sha1', 'sha256'])
    // By the protocol of anyone who is asked about breached passwords, in one place, for nothing else.
    // And by authenticator apps, as HMAC, which know no other (RFC 6238).
    expect(filesWith(/'sha-?1'/i).filter((name) => !name.startsWith(ofOtherSystems))).toEqual([
      'src/identity/sealing.ts',
      'src/identity/second-factors/totp.ts',
    ])
    expect(everything).not.toMatch(/md5|-ecb|-cbc|pkcs(?!8)|rsa|publicEncrypt|createECDH|createSign/i)
    for (const name of ['aes-256-gcm', 'sha1', 'sha256', 'argon2id']) expect(listed).toContain(name)
    for (const name of ['bcrypt', 'PBKDF2', 'scrypt', 'md5', 'aes-256-ctr']) expect(listed).toContain(name)
  })

  it('says where random values are made', () => {
    const row = algorithms.find(({ algorithm }) => codes(algorithm).includes('randomBytes'))
    expect(codes(row?.where)).toEqual(filesWith(/\brandom(?:Bytes|FillSync|Int)\(/))
  })

  it('V11.1.4 says for each what would replace it, and when', () => {
    for (const row of algorithms) expect(row['replaced when'], row.algorithm).not.toBe('')
  })

  it('V11.2.1 takes them from Node and from one package for argon2', () => {
    const modules = found(
      /from '((?:node:crypto|@node-rs\/\w+|[\w@/.-]*(?:crypt|cipher|nacl|sodium|jose|forge|hash)[\w/-]*))'/g,
    )
    expect(modules.filter((name) => !name.startsWith('.'))).toEqual(['@node-rs/argon2', 'node:crypto'])
    expect(everything).not.toMatch(/\bsubtle\b|webcrypto/)
  })

  it('V11.2.4 compares secrets in one place, in constant time', () => {
    expect(filesWith(/timingSafeEqual\(/)).toEqual(['src/identity/sealing.ts'])
    const compared = found(/(\w*(?:token|secret|signature|password|hash)(?!\w*At) [!=]==? [\w.]+)/gi)
    // What the same person typed twice in one form, and whether there is anything at all.
    const harmless = ['new_password === current_password']
    const rest = compared.filter((one) => !/ (?:undefined|null)$/.test(one) && !harmless.includes(one))
    expect(rest).toEqual([])
  })
})
