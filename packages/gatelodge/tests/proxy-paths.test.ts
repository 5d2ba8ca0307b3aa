// Each configuration in examples/ for a proxy leads to the same pages of ours, and to all of them.
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { referencePaths } from '../src/api/reference.ts'
import { declared } from '../src/app.ts'
import { paths } from '../src/paths.ts'

const examples = fileURLToPath(new URL('../../../examples/', import.meta.url))

/** As each proxy writes it: `^/(login|logout|…)(/|$)`. */
const configurations = globSync('*/{*.conf,Caddyfile,*.yml}', { cwd: examples })
  .map((file) => {
    const pattern = /\^\/\((login\|.*?)\)\(\/\|\$\)/.exec(readFileSync(examples + file, 'utf8'))?.[1]
    return { file, pages: pattern?.replaceAll('\\\\', '\\') ?? '' }
  })
  .filter(({ file }) => !file.endsWith('two-hosts.conf') && !file.startsWith('grafana/'))

/** What the app has itself, or may have; what only machines on the inside ask, and what is there while one develops. */
const elsewhere: string[] = [
  paths.home,
  paths.alive,
  paths.ready,
  paths.forwardAuth,
  paths.authRequest,
  paths.mailbox,
  paths.emailPreviews,
  paths.favicon,
  paths.apiReference,
  ...referencePaths,
  paths.apiDocument,
]

/** What the links in emails open. */
const links = Object.values(declared.emails).flatMap(({ link }) => link ?? [])

describe('A proxy', () => {
  it('has a configuration for each of three, and for two examples', () => {
    expect(configurations.map(({ file }) => file).sort()).toEqual([
      'caddy/Caddyfile',
      'nginx/gatelodge.conf',
      'php-behind-nginx/nginx.conf',
      'static-site/nginx.conf',
      'traefik/gatelodge.yml',
    ])
  })

  it.each(configurations)('leads to every page of ours: $file', ({ pages }) => {
    const ours = new RegExp(`^/(${pages})(/|$)`)
    const all = [...Object.values(paths), ...links.map((path) => `${path}/token`), '/assets/page.css']
    expect(all.filter((path) => !ours.test(path) && !elsewhere.includes(path))).toEqual([])
    expect(['/', '/books', '/loginx', '/health/ready', '/auth-request'].filter((path) => ours.test(path))).toEqual([])
  })
})
