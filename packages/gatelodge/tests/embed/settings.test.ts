// Settings in code, beside the environment of the app that holds us.
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { formOf, metaOf, sections, settingNames } from '../../src/config/schema.ts'
import { logSources, settingsFrom } from '../../src/embed/settings.ts'
import { createGatelodge } from '../../src/index.ts'
import type { Log } from '../../src/log.ts'
import { visitorOf } from '../support/embed.ts'

const code = { secret: 'a-secret-for-tests-0123456789-abcdefgh', logLevel: 'silent' } as const

/** What the log says of where settings came from. */
function logged(config: Parameters<typeof settingsFrom>[0]) {
  const lines: unknown[] = []
  const log = { warn: (...words: unknown[]) => lines.push(words), info: (...words: unknown[]) => lines.push(words) }
  logSources(log as unknown as Log, settingsFrom(config))
  return lines
}

describe('In code', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gatelodge-code-'))
  })
  afterEach(() => void vi.unstubAllEnvs())

  it.each(['postgres://app:password@db.example/app', 'mysql://app:password@db.example/app', 'nonsense'])(
    'databaseUrl wins over the DATABASE_URL of the app, %s',
    async (url) => {
      vi.stubEnv('DATABASE_URL', url)
      vi.stubEnv('PORT', '\\\\.\\pipe\\of-another-kind')
      const file = join(folder, 'own.sqlite')
      const gatelodge = await createGatelodge({
        ...code,
        databaseUrl: `sqlite:${file}`,
        baseUrl: 'http://localhost:3000',
      })
      await gatelodge.close()
      expect(readdirSync(folder)).toContain('own.sqlite')
    },
  )

  it('nothing of DATABASE_URL_FILE is read where the code names the database', () => {
    vi.stubEnv('DATABASE_URL_FILE', join(folder, 'nowhere'))
    expect(settingsFrom({ databaseUrl: 'sqlite:own.sqlite' }).settings.databaseUrl).toBe('sqlite:own.sqlite')
  })

  it('port wins over PORT', () => {
    vi.stubEnv('PORT', '8080')
    expect(settingsFrom({ port: 4000 }).settings.baseUrl).toBe('http://localhost:4000')
    expect(settingsFrom({}).settings.baseUrl).toBe('http://localhost:8080')
  })

  it('a DATABASE_URL that is used is named in the log, and one that cannot be used says how code would win', () => {
    vi.stubEnv('DATABASE_URL', 'mysql://u:p@localhost/app')
    expect(logged({})).toEqual([[{ variable: 'DATABASE_URL' }, 'database.named-by-environment']])
    expect(logged({ databaseUrl: 'sqlite:own.sqlite' })).toEqual([])
    vi.stubEnv('DATABASE_URL', 'postgres://app:canary@db.example/app')
    expect(() => settingsFrom({})).toThrow(
      /DATABASE_URL is postgres:.*set databaseUrl in the code, which takes precedence/,
    )
    expect(() => settingsFrom({})).not.toThrow(/canary/)
  })

  it('GATELODGE_… and gatelodge.json count more, and a contradiction names both', () => {
    vi.stubEnv('GATELODGE_SITE_NAME', 'From the environment')
    vi.stubEnv('GATELODGE_SESSION_IDLE', '30m')
    vi.stubEnv('NODE_ENV', 'production')
    const config = {
      siteName: 'From code',
      sessionIdle: 30 * 60_000,
      mode: 'development',
      baseUrl: 'http://localhost:1',
    } as const
    expect(settingsFrom(config).settings).toMatchObject({ siteName: 'From the environment', mode: 'production' })
    expect(logged(config)).toEqual([
      [{ counts: 'GATELODGE_SITE_NAME', ignored: 'siteName in the code' }, 'settings.contradict'],
      [{ counts: 'NODE_ENV', ignored: 'mode in the code' }, 'settings.contradict'],
    ])
  })

  it('V13.4.2 in production baseUrl is needed: nobody knows where the app listens', () => {
    vi.stubEnv('NODE_ENV', 'production')
    expect(() => settingsFrom({})).toThrow(/baseUrl is nothing; expected: the address of the site in production/)
  })

  it('sqlite::memory: gives each Gatelodge a database of its own, and writes nothing to the disk', async () => {
    const settings = { databaseUrl: 'sqlite::memory:', dataDir: join(folder, 'data'), logLevel: 'silent' } as const
    const [one, other] = [await createGatelodge(settings), await createGatelodge(settings)]
    const ada = await visitorOf(one).register()
    expect((await visitorOf(one).logIn(ada)).path).toBe('/account')
    expect((await visitorOf(other).logIn(ada)).path).toBe('/login')
    await one.close()
    await other.close()
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('What an editor shows of an option', () => {
  const types = Object.keys(sections)
    .map((section) => new URL(`../../dist/config/options/${section}.d.ts`, import.meta.url))
    .map((file) => readFileSync(file, 'utf8'))
    .join('')

  it.each(settingNames)('says of %s what it does, its unit and its default', (name) => {
    const [, comment = ''] = new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\s+${name}\\?:`).exec(types) ?? []
    const { description, defaultText } = metaOf(name)
    expect(comment.replaceAll('*\\/', '*/')).toContain(description)
    if (formOf(name).unit) expect(comment).toContain(formOf(name).unit)
    expect(comment).toMatch(/Default|@default/)
    if (defaultText) expect(comment).toContain(`@default ${defaultText}`)
  })

  it('comes with the package', () => {
    const settings = readFileSync(fileURLToPath(new URL('../../dist/embed/settings.d.ts', import.meta.url)), 'utf8')
    expect(settings).toMatch(/interface Config extends SettingOptions/)
  })
})
