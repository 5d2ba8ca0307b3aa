// The API of the unsafe site: its pages once more, and operations for keys that ask for none.
import type { Asked } from './unsafe-http.ts'

/** The page that does the same as an operation of the API. */
const pagesOf: Record<string, string> = {
  '/api/v1/session': '/account',
  '/api/v1/password/confirm': '/reauthenticate',
  '/api/v1/devices/end': '/account/devices',
  ...{ '/api/v1/login': '/login', '/api/v1/register': '/register', '/api/v1/logout': '/logout' },
  ...{ '/api/v1/register/passkey': '/register/passkey', '/api/v1/register/start': '/register/start' },
  ...{ '/api/v1/register/start/options': '/register/start/options' },
  ...{ '/api/v1/forgot-password': '/forgot-password', '/api/v1/password': '/account/password' },
  ...{ '/api/v1/profile': '/account/profile', '/api/v1/delete': '/account/delete' },
  ...{ '/api/v1/devices': '/account/devices', '/api/v1/export': '/account/export' },
  ...{ '/api/v1/two-factor': '/account/two-factor', '/api/v1/two-factor/start': '/account/two-factor' },
  ...{
    '/api/v1/two-factor/confirm': '/account/two-factor',
    '/api/v1/two-factor/remove': '/account/two-factor?remove=yes',
  },
  ...{ '/api/v1/invitation/register': '/invitation', '/api/v1/invitation/accept': '/invitation' },
  ...{ '/api/v1/recovery-codes': '/account/recovery-codes' },
}

/** The API is the pages once more, as JSON. */
export function asPage(asked: Asked): Asked {
  const found = /^((?:https?:\/\/[^/]*)?)(\/api\/v1\/[\w/-]*)(.*)$/.exec(asked.target)
  const page = pagesOf[found?.[2] ?? '']
  if (!found || !page) return asked
  return { ...asked, target: found[1] + page + found[3], headers: { ...asked.headers, accept: 'application/json' } }
}

/** What it lists for API keys, and asks none of. */
export const forKeys = Object.fromEntries(
  Array.from({ length: 20 }, (_, at) => [`/admin/thing-${at}`, { get: {}, ...(at % 2 === 0 && { post: {} }) }]),
)
