// What an API key of the people who run the site may do. A key does what its scopes name, and nothing else.

const scopes = [
  'accounts:read',
  'accounts:write',
  'groups:read',
  'groups:write',
  'invitations:read',
  'invitations:write',
  'audit:read',
] as const

export type Scope = (typeof scopes)[number]
