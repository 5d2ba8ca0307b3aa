// The formats by name, for `password_format` and `--password-format`, and those that a hash tells by itself.
import { argon2, nextcloud } from './families/argon2.ts'
import { aspnet } from './families/aspnet.ts'
import { bcrypt, over } from './families/bcrypt.ts'
import { braces } from './families/braces.ts'
import { crypt } from './families/crypt.ts'
import { django, djangoDigest } from './families/django.ts'
import { firebase, firebaseText } from './families/firebase.ts'
import { keycloak } from './families/keycloak.ts'
import { mediawiki } from './families/mediawiki.ts'
import { passlib } from './families/passlib.ts'
import { phpass } from './families/phpass.ts'
import { scryptPair } from './families/scrypt-pair.ts'
import { werkzeug, werkzeugHmac } from './families/werkzeug.ts'
import { formula, passportMongoose, symfonyDigest } from './families/with-salt.ts'
import type { Family } from './given.ts'

/** Asked in this order; each knows its own by how they begin. */
export const selfEvident: Family[] = [
  ...[bcrypt, argon2, nextcloud, phpass, crypt, django, werkzeug, firebaseText, passlib, braces, mediawiki],
  ...[aspnet, scryptPair],
]

/** Names that Clerk writes beside hashes which say it themselves. */
const ofClerk = [
  ...['bcrypt', 'argon2i', 'argon2id', 'phpass', 'ldap_ssha', 'scrypt_werkzeug', 'bcrypt_sha256_django'],
  ...['pbkdf2_sha1', 'pbkdf2_sha256', 'pbkdf2_sha256_django', 'pbkdf2_sha512'],
]

/** Nothing in these hashes tells how they were made. */
export const named: Record<string, Family> = {
  ...Object.fromEntries(ofClerk.map((name): [string, Family] => [name, () => undefined])),
  scrypt_firebase: firebase,
  django: djangoDigest,
  werkzeug: werkzeugHmac,
  firebase,
  keycloak,
  symfony: symfonyDigest,
  'passport-local-mongoose': passportMongoose,
  'bcrypt-over-md5': over('md5'),
  'bcrypt-over-sha1': over('sha1'),
  'bcrypt-over-sha256': over('sha256'),
  'bcrypt-over-sha512': over('sha512'),
  joomla: formula('md5(password.salt)'),
  vbulletin: formula('md5(md5(password).salt)'),
  mybb: formula('md5(md5(salt).md5(password))'),
  smf: formula('sha1(lower_username.password)'),
  punbb: formula('sha1(salt.sha1(password))'),
  opencart: formula('sha1(salt.sha1(salt.sha1(password)))'),
  prestashop: formula('md5(salt.password)'),
  redmine: formula('sha1(salt.sha1(password))'),
  oscommerce: formula('md5(salt.password)'),
  ...Object.fromEntries(
    ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'].map((name) => [name, formula(`${name}(password)`)]),
  ),
}
