// The passwords that most people choose who choose badly: the start of the list that the server has whole.
const words =
  'password qwerty iloveyou princess sunshine football baseball superman welcome master michael jennifer jordan monkey ' +
  'dragon letmein starwars whatever computer charlie liverpool chelsea arsenal internet samsung pokemon naruto michelle ' +
  'jessica ashley daniel'
const endings = ['', '1', '12', '123']
const alone =
  'trustno1 passw0rd p@ssw0rd p@ssword 1q2w3e4r 1q2w3e4r5t q1w2e3r4 a1b2c3d4 11223344 112233445566 13579246 147258369 ' +
  'admin123 administrator changeme hello123 test1234 secret123 victoria butterfly chocolate basketball mercedes'

export const veryCommon = new Set([
  ...alone.split(' '),
  ...words.split(' ').flatMap((word) => endings.map((ending) => word + ending)),
])

/** Compared as the server does. */
export const isVeryCommon = (password: string) => veryCommon.has(password.normalize('NFC').toLowerCase())
