import { describe, expect, it } from 'vitest'
import { knownPairs, readPair } from '../../../../tests/support/foreign-hashes.ts'
import { createSealing } from '../../sealing.ts'
import { isWeak } from './limits.ts'
import { readForeign } from './read.ts'
import { type ForeignHash, spell } from './recipe.ts'
import { fitsForeign } from './verify.ts'

const sealing = createSealing(['a-secret-for-tests-0123456789-abcdefgh'])
const open = (sealed: string) => sealing.open('pepper', sealed)

const stored = (pair: (typeof knownPairs)[number]): ForeignHash => {
  const read = readPair(pair, sealing)
  if (read.kind !== 'foreign') throw new Error(`${pair.title}: ${JSON.stringify(read)}`)
  return read.hash
}

describe('A hash of another system', () => {
  const weak = knownPairs.filter((pair) => isWeak(stored(pair)))

  it('that is quick to guess is known as weak, others are not', () => {
    const strong = knownPairs.filter((pair) => !weak.includes(pair))
    expect(strong.map(({ title }) => title)).toMatchInlineSnapshot(`
      [
        "bcrypt $2a$",
        "WordPress from 6.8",
        "Drupal 7",
        "Drupal, over the MD5 of version 6",
        "Django pbkdf2_sha256",
        "bcrypt over SHA-256 (Meteor)",
        "Django bcrypt_sha256",
        "bcrypt over MD5 (vBulletin 5)",
        "werkzeug scrypt",
        "passlib $pbkdf2-sha256$",
        "passlib $pbkdf2-sha512$",
        "argon2id",
        "argon2i of PHP",
        "Django argon2",
        "Nextcloud",
        "ASP.NET Identity, version 3",
        "Spring {bcrypt}",
        "Spring {pbkdf2}",
        "Spring {scrypt}",
        "Firebase",
        "Firebase in the text of Kratos",
        "Firebase in the text of Supabase",
        "Keycloak pbkdf2-sha256",
        "Keycloak, 64 bytes",
        "better-auth",
        "Atlassian {PKCS5S2}",
        "crypt(3) $6$",
        "LDAP {CRYPT}",
        "Devise, with its pepper",
        "crypt(3) $5$",
        "crypt(3) $5$ with the usual rounds",
        "Django scrypt",
        "werkzeug pbkdf2",
        "passlib $pbkdf2$",
        "passlib $scrypt$",
        "Kratos $scrypt$, N written out",
        "OpenLDAP {PBKDF2-SHA512}",
        "Spring {pbkdf2@SpringSecurity_v5_8}",
        "MediaWiki :pbkdf2:",
        "MediaWiki :pbkdf2-legacyB:",
        "MediaWiki :pbkdf2-legacyA:",
        "passport-local-mongoose",
        "bcrypt over sha1",
        "bcrypt over sha512",
        "bcrypt cut at 72 bytes",
        "passlib $bcrypt-sha256$ v2",
        "passlib $bcrypt-sha256$ v1",
        "better-auth, its own salt",
      ]
    `)
  })
})

describe('What is no hash, or one that costs too much', () => {
  it.each(['', '!', '!kFSsdk34jdsfkjhsdfkjhsdkfjh34kjsdfSDF', '*', 'x', '!!', 'NULL'])(
    '%j: there is no password',
    (hash) => {
      expect(readForeign({ hash })).toEqual({ kind: 'none' })
    },
  )

  it.each([
    ['secret', 'unknown-format'],
    ['{noop}secret', 'plain-text'],
    ['{CLEARTEXT}secret', 'plain-text'],
    ['{MD4}abc', 'unknown-format'],
    ['5f4dcc3b5aa765d61d8327deb882cf99', 'needs-format'],
    ['5f4dcc3b5aa765d61d8327deb882cf99:salt', 'needs-format'],
    ['sha1$seasalt$cff36ea83f5706ce9aa7454e63e431fc726b2dc8', 'needs-format'],
    ['$2b$10$short', 'malformed'],
    [`$2b$31$${'a'.repeat(53)}`, 'too-costly'],
    [`$2b$15$${'a'.repeat(53)}`, 'too-costly'],
    [`$argon2id$v=19$m=4194304,t=1,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`, 'too-costly'],
    [`$argon2id$v=19$m=65536,t=4294967295,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`, 'too-costly'],
    [`scrypt:1073741824:8:1$salt$${'ab'.repeat(64)}`, 'too-costly'],
    [`scrypt:32768:8:100000$salt$${'ab'.repeat(64)}`, 'too-costly'],
    [`scrypt:32767:8:1$salt$${'ab'.repeat(64)}`, 'too-costly'],
    [`scrypt:-1:8:1$salt$${'ab'.repeat(64)}`, 'too-costly'],
    [`pbkdf2_sha256$99999999999$salt$${'A'.repeat(43)}=`, 'too-costly'],
    [`pbkdf2:sha256:0$salt$${'ab'.repeat(32)}`, 'too-costly'],
    [`$P$z12345678${'a'.repeat(22)}`, 'too-costly'],
    [`$6$rounds=999999999$salt$${'a'.repeat(86)}`, 'too-costly'],
    [`$scrypt$ln=40,r=8,p=1$${'a'.repeat(22)}$${'b'.repeat(43)}`, 'too-costly'],
    [`$2b$10$${'a'.repeat(53)}${'x'.repeat(5000)}`, 'malformed'],
    ['\u0000', 'unknown-format'],
    ['{"by":[],"is":""}', 'unknown-format'],
    ['{"by":[["scrypt",{"cost":1073741824}]],"is":"AA=="}', 'unknown-format'],
  ])('%s: %s', (hash, reason) => {
    expect(readForeign({ hash })).toEqual({ kind: 'refused', reason })
  })

  it.each([
    ['md5(password.password)', 'two passwords'],
    ['md5(salt)', 'none'],
    ['password', 'no digest'],
    ['md5(md5(md5(md5(md5(md5(md5(md5(md5(password)))))))))', 'too deep'],
    ['md5(password.secret)', 'a word that is unknown'],
    ['md5(password', 'no end'],
    ['crc32(password)', 'another function'],
    ['constructor', 'a name that objects have'],
  ])('V1.3.2 the formula %s is refused: %s', (format) => {
    const given = { hash: '5f4dcc3b5aa765d61d8327deb882cf99', salt: 'x' }
    expect(readForeign(given, {}, format)).toEqual({ kind: 'refused', reason: 'unknown-format' })
  })

  it('a stored one that asks for more than is allowed is not computed', async () => {
    const costly: ForeignHash = { by: [], phc: `$2b$20$${'a'.repeat(53)}` }
    await expect(fitsForeign('x', spell(costly), open)).rejects.toThrow('costs more than is allowed')
  })

  it('V6.2.8 bcrypt: 72 bytes count, and a password with a NUL never fits', async () => {
    const long = knownPairs.find(({ title }) => title === 'bcrypt cut at 72 bytes')
    if (!long) throw new Error('no such pair')
    const text = spell(stored(long))
    expect(await fitsForeign('z'.repeat(72), text, open)).toBe(true)
    expect(await fitsForeign('z'.repeat(71), text, open)).toBe(false)
    const plain = knownPairs.find(({ title }) => title === 'bcrypt $2a$')
    if (!plain) throw new Error('no such pair')
    expect(await fitsForeign(`${plain.password}\0more`, spell(stored(plain)), open)).toBe(false)
  })
})

describe('A format of the site’s own', () => {
  const read = readForeign({ hash: 'drowssap' }, {}, 'own:backwards')
  const text = read.kind === 'foreign' ? spell(read.hash) : ''

  it('is asked of the code of the site', async () => {
    const verifiers = [
      { name: 'backwards', verify: (typed: string, hash: string) => [...typed].reverse().join('') === hash },
    ]
    expect(await fitsForeign('password', text, open, verifiers)).toBe(true)
    expect(await fitsForeign('passwort', text, open, verifiers)).toBe(false)
  })

  it('fits nothing while the code does not know it, throws, or answers something else than true', async () => {
    await expect(fitsForeign('password', text, open)).rejects.toThrow(
      'no passwordVerifiers entry has the name backwards',
    )
    const throwing = [{ name: 'backwards', verify: () => Promise.reject(new Error('away')) }]
    await expect(fitsForeign('password', text, open, throwing)).rejects.toThrow('away')
    const sloppy = [{ name: 'backwards', verify: () => 'yes' as unknown as boolean }]
    expect(await fitsForeign('password', text, open, sloppy)).toBe(false)
  })
})
