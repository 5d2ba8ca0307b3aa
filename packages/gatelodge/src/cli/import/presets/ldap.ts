import type { Preset } from '../preset.ts'

export const ldap: Preset = {
  system: 'LDAP, an LDIF with userPassword',
  columns: {
    email: 'mail',
    name: ['displayname', 'cn'],
    username: 'uid',
    password_hash: 'userpassword',
    created_at: 'createtimestamp',
    groups: 'memberof',
    disabled: ['nsaccountlock', 'pwdaccountlockedtime'],
  },
}
