// Only the built files are handed out, by their names.
import { type Attack, eachOf, verdict } from '../attack.ts'
import type { Target } from '../target.ts'

function gone(name: string, asvs: string, sent: string, list: string[]): Attack {
  return {
    name,
    asvs,
    sent,
    expected: '404, 400 or 405',
    run: (target: Target) =>
      eachOf(list, async (path) => {
        const { statuses } = await target.bytes(
          `GET ${path} HTTP/1.1\r\nHost: ${target.base.host}\r\nConnection: close\r\n\r\n`,
        )
        return verdict(statuses.length === 1 && [400, 404, 405].includes(statuses[0] ?? 0), statuses.join(' '))
      }),
  }
}

const traversal = gone('files: out of the folder', 'V13.4.7', '/assets/../package.json, ..%2f, %5c, %252e, a NUL', [
  '/assets/../package.json',
  '/assets/..%2fpackage.json',
  '/assets/%2e%2e/package.json',
  '/assets/%2e%2e%2f%2e%2e%2fpackage.json',
  '/assets/..%5c..%5cpackage.json',
  '/assets/..\\package.json',
  '/assets/%252e%252e%252fpackage.json',
  '/assets//etc/passwd',
  '/assets/%2fetc%2fpasswd',
  '/assets/....//....//etc/passwd',
  '/assets/..%c0%af..%c0%afetc/passwd',
  '/assets/package.json%00.css',
  '/../../../../etc/passwd',
])

const hidden = gone(
  'files: the project’s own',
  'V13.4.1 V13.3.1',
  '/.git/HEAD, /.env, /package.json, /src/app.ts, /data/secret …',
  [
    '/.git/HEAD',
    '/.git/config',
    '/.env',
    '/.npmrc',
    '/.DS_Store',
    '/package.json',
    '/package-lock.json',
    '/node_modules/hono/package.json',
    '/src/app.ts',
    '/dist/app.js',
    '/data/secret',
    '/data/gatelodge.sqlite',
    '/gatelodge.sqlite',
    '/backup.sql',
  ],
)

const listing = gone('files: a list of the folder', 'V13.4.3', '/assets/, /assets, /assets/., /data/', [
  '/assets/',
  '/assets',
  '/assets/.',
  '/assets/?',
  '/data/',
  '/dist/',
])

const doors = gone(
  'files: doors for developers and machines',
  'V13.4.2 V13.4.5',
  '/metrics, /debug, /server-status, /dev, /console …',
  [
    '/metrics',
    '/debug',
    '/debug/pprof/',
    '/server-status',
    '/actuator/env',
    '/phpinfo.php',
    '/graphql',
    '/swagger.json',
    '/dev',
    '/dev/',
    '/health',
    '/health/ready/details',
    '/console',
  ],
)

const sources: Attack = {
  name: 'files: the sources behind the built ones',
  asvs: 'V13.4.7 V13.4.2',
  sent: 'each file of the login page with .map and .ts behind it, and its comment',
  expected: '404, no source map named',
  async run(target) {
    const { body } = await target.get('/login')
    const files = [...body.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map((match) => match[1] ?? '')
    if (files.length === 0) return verdict(false, 'the login page names no file')
    return eachOf(files, async (file) => {
      const map = await target.get(`${file}.map`)
      const source = await target.get(file.replace(/\.(js|css)$/, '.ts'))
      const named = /sourceMappingURL/.test((await target.get(file)).body)
      return verdict(
        map.status === 404 && source.status === 404 && !named,
        named ? 'a source map is named' : `${map.status}`,
      )
    })
  },
}

export const files: Attack[] = [traversal, hidden, listing, doors, sources]
