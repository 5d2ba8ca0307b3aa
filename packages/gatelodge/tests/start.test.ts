// The built product loads one bundle in a few pieces, and of those only what this run needs.
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { finished, serving } from './support/command-line.ts'
import { onMysql } from './support/databases.ts'
import { freePort } from './support/mysql-server.ts'
import { someone } from './support/visitor.ts'

const bundle = new URL('../dist/cli/', import.meta.url).href
const spy = new URL('support/loaded-files.ts', import.meta.url).href

/** What a run has loaded so far: `node:` modules, files of the bundle, packages within those, and files from elsewhere. */
function watched() {
  const list = join(mkdtempSync(join(tmpdir(), 'gatelodge-loaded-')), 'list')
  const read = () => {
    const urls = readFileSync(list, 'utf8').trim().split('\n')
    const pieces = urls.filter((url) => url.startsWith(bundle))
    // The bundler writes the path of each source above its code.
    const sources = pieces.flatMap((url) => readFileSync(fileURLToPath(url), 'utf8').match(/^ *\/\/ \.\.\/.*$/gm) ?? [])
    const packages = new Set(sources.map((line) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(line)?.[1] ?? line))
    return { urls, pieces, packages, elsewhere: urls.filter((url) => /^file:/.test(url) && !url.startsWith(bundle)) }
  }
  return { environment: { NODE_OPTIONS: `--import=${spy}`, LOADED_FILES: list }, read }
}

it('On SQLite the server loads the bundle alone: no mysql2, argon2 with the first password, nodemailer with the first email', async () => {
  const { environment, read } = watched()
  const smtp = {
    GATELODGE_SMTP_URL: `smtp://127.0.0.1:${await freePort()}`,
    GATELODGE_MAIL_FROM: 'accounts@example.org',
  }
  const { visitor } = await serving({ ...environment, ...smtp })
  await visitor.open('/login')
  const atStart = read()
  expect(atStart.elsewhere).toEqual([])
  expect(atStart.pieces).toContain(`${bundle}main.js`)
  // More would mean that the server shares its bundle with the other commands, and that each start loads what they share.
  expect(atStart.pieces.length).toBeLessThan(25)
  expect(atStart.urls).toContain('node:sqlite')
  // Of zod what is used: a schema for maps is not.
  const code = atStart.pieces.map((url) => readFileSync(fileURLToPath(url), 'utf8')).join('')
  expect([code.includes('"ZodObject"'), code.includes('"ZodMap"')]).toEqual([true, false])
  expect([...atStart.packages]).toEqual(expect.arrayContaining(['hono', 'kysely', 'pino', 'zod']))
  for (const name of ['mysql2', 'nodemailer', 'httpxy', 'prom-client', 'tdigest'])
    expect([...atStart.packages]).not.toContain(name)

  expect((await visitor.json('POST', '/api/v1/register', someone())).status).toBe(201)
  while (!read().packages.has('nodemailer')) await pause(50)
  const later = read()
  expect(later.packages.has('mysql2')).toBe(false)
  expect(later.elsewhere.length).toBeGreaterThan(0)
  expect(later.elsewhere.filter((url) => !url.includes('/node_modules/@node-rs/argon2'))).toEqual([])
})

onMysql('A server', (database) => {
  it('loads mysql2, and SQLite not at all', async () => {
    const { environment, read } = watched()
    const { visitor } = await serving({ ...environment, DATABASE_URL: database.url })
    await visitor.open('/login')
    expect(read().packages.has('mysql2')).toBe(true)
    expect(read().urls).not.toContain('node:sqlite')
  })
})

it('A start and the log-in page make no number format, no date format and no segmenter of Intl: each brings megabytes', async () => {
  const { environment, read } = watched()
  const { visitor } = await serving(environment)
  expect((await visitor.open('/login')).html).toMatch(/For \d+ days on this device/)
  expect(read().urls.filter((line) => line.startsWith('Intl.'))).toEqual([])
  expect((await visitor.json('POST', '/api/v1/register', someone({ name: 'Žofie' }))).status).toBe(201)
  await visitor.open('/account')
  expect(read().urls).toContain('Intl.Segmenter')
})

it('A command that needs no database loads none, and no server', async () => {
  for (const words of [['--version'], ['config', 'check'], ['healthcheck', '--port', String(await freePort())]]) {
    const { environment, read } = watched()
    await finished(words, environment)
    expect(read().pieces.length).toBeGreaterThan(1)
    for (const name of ['hono', 'kysely', 'mysql2', 'pino'])
      expect([...read().packages], `${words}`).not.toContain(name)
  }
})
