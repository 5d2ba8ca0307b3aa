// What people type in the tests that do everything: secrets that occur nowhere else.

/** Each with characters that look different in each spelling. */
export const passwords = {
  'the password': 'Zebra "quay" & möth <7>',
  'the new password': "Walrus/otter+'jetty'=ßand?",
  'a wrong password': 'Heron "ferry" & kölm <9>',
  'a refused password': 'Qz"7<~é',
}
/** Anyone who types too fast types a password here. */
export const addresses = {
  'a password in the place of the address': 'Badger "depot" & lärk <3>',
  'an address that nobody has': 'nobody.badger+depot@example.org',
}

export const wrong = passwords['a wrong password']
export const typed = { name: 'Gräfin "Ada" <Lovelace>', password: passwords['the password'] }
/** What belongs in the database only, or in nothing but what its owner reads. */
export const ofPeople = {
  'a name': typed.name,
  'a new name': 'Gräce "O\'Hara" <Hopper>',
  'an address': '@example.org',
  'a password hash': '$argon2id$',
}
