// What an API key of the people who run the site may do. A key does what its scopes name, and nothing else.

export const scopes = [
  ...(['accounts:read', 'accounts:write', 'groups:read', 'groups:write'] as const),
  ...(['invitations:read', 'invitations:write', 'audit:read'] as const),
] as const

export type Scope = (typeof scopes)[number]
