import type { Preset } from '../preset.ts'

export const keycloak: Preset = {
  system: 'Keycloak, a realm export',
  list: 'users',
  passwordFormat: 'keycloak',
  columns: {
    email: 'email',
    name: 'firstName + lastName',
    username: 'username',
    email_verified: 'emailVerified',
    created_at: 'createdTimestamp',
    active: 'enabled',
    password_hash: 'credentials[type=password].secretData',
    password_parameters: 'credentials[type=password].credentialData',
    totp_secret_text: 'credentials[type=otp].secretData.value',
  },
}
