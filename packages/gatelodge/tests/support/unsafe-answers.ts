// Answers that repeat whatever was sent, unescaped, with headers that allow everything.
import type { Anything } from './unsafe-fields.ts'
import type { Asked, Told } from './unsafe-http.ts'

export function mistake(asked: Asked, fields: Anything): Told {
  const typed = encodeURIComponent(JSON.stringify(fields))
  const to = `${asked.target}?return_to=${fields.return_to}&remember=${fields.remember}&name=${fields.name}`
  return told(asked, 303, '', [
    ['Location', to],
    ['Set-Cookie', `typed=${typed}`],
  ])
}

export function form(path: string, fields: Anything, { headers }: Asked): string {
  const typed = decodeURIComponent(/typed=([^;]*)/.exec(headers.cookie ?? '')?.[1] ?? '')
  const seen = `${path} ${typed} ${JSON.stringify(Object.values(fields))} ${headers['user-agent']} ${headers['x-canary']}`
  return `${seen} ${headers['x-forwarded-host'] ?? headers.host} ${headers['x-forwarded-proto']} ${headers.forwarded}
    ${Object.values(fields).join(' ')} <script src="/assets/script.js"></script>
    <form method="get"><input name="password"><input name="form_token" value="same">
    <input name="return_to" value="${fields.return_to}"></form>`
}

export function told({ headers, target }: Asked, status: number, body: string, more: [string, string][] = []): Told {
  const origin = headers.origin ?? '*'
  const all: [string, string][] = [
    ['Server', 'Unsafe/1.0'],
    ['Access-Control-Allow-Origin', origin],
    ['Strict-Transport-Security', 'max-age=1'],
    ['X-Path', decoded(target)],
    ...more,
  ]
  return { status, headers: all, body }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

export function isJson({ headers }: Asked): boolean {
  return (headers.accept ?? '').includes('json')
}
