// What every answer carries, errors too.
import type { Settings } from '../../config/schema.ts'
import { days } from '../../time.ts'

const contentSecurityPolicy = (formTargets: string[]) =>
  [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    // The script of a passkey asks for its challenge.
    "connect-src 'self'",
    ["form-action 'self'", ...formTargets].join(' '),
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ')

/** Made once at start. ASVS V3.4.1, V3.4.3 to V3.4.6, V3.4.8, V3.5.8. */
export function headersForAll({
  baseUrl,
  allowedReturnHosts = [],
}: Pick<Settings, 'baseUrl'> & Partial<Pick<Settings, 'allowedReturnHosts'>>): Record<string, string> {
  return {
    // Browsers hold the redirect after a form to form-action, too.
    'content-security-policy': contentSecurityPolicy(
      allowedReturnHosts.map((host) => `${new URL(baseUrl).protocol}//${host}`),
    ),
    'x-content-type-options': 'nosniff',
    // Not no-referrer: with it browsers send "Origin: null" with our own forms, and the same-site check reads Origin.
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    ...(baseUrl.startsWith('https:') && {
      'strict-transport-security': `max-age=${days(730) / 1000}; includeSubDomains`,
    }),
  }
}

/** For everything that was made for someone: nothing between us and them, and no disk of theirs, keeps it. */
export const privateAnswer = { 'cache-control': 'no-store', vary: 'accept, accept-encoding, cookie' }

/** What the browser kept of pages that only this person may see (ASVS V14.3.1): for the end of a session. */
export function clearSiteData(answer: Response): Response {
  answer.headers.set('clear-site-data', '"cache", "storage"')
  return answer
}
