// Settings of the built product: which it takes from variables, flags and the folder it is started in.
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { finishedHere, serving, start } from '../../tests/support/command-line.ts'
import { freePort } from '../../tests/support/mysql-server.ts'

const emptyFolder = () => mkdtempSync(join(tmpdir(), 'gatelodge-elsewhere-'))

function fileWith(content: string): string {
  const path = join(emptyFolder(), 'value')
  writeFileSync(path, content)
  return path
}

describe('Variables', () => {
  it('DATABASE_URL_FILE and PORT_FILE are read like those with our name before them', async () => {
    const database = join(emptyFolder(), 'own.sqlite')
    const environment = { DATABASE_URL_FILE: fileWith(`sqlite:${database}\n`), PORT_FILE: fileWith('4321\n') }
    const { out } = await finishedHere(['config', 'print'], environment)
    expect(out).toContain(`databaseUrl = sqlite:${database}  (environment)`)
    expect(out).toContain('port = 4321  (environment)')
  })

  it('DATABASE_URL_FILE that cannot be read stops the start: no new, empty database takes its place', async () => {
    const folder = emptyFolder()
    const nowhere = join(folder, 'nowhere')
    const { code, err } = await finishedHere(['serve', '--port', '0'], { DATABASE_URL_FILE: nowhere }, folder)
    expect({ code, err }).toEqual({
      code: 2,
      err: `These settings are not valid:\n  DATABASE_URL_FILE: ${nowhere} was given; expected: a file that this process can read\n`,
    })
    expect(readdirSync(folder)).toEqual([])
  })

  it('of a Kubernetes Service are recognised, and one sentence says what to do', async () => {
    const { code, err } = await finishedHere(['serve'], {
      GATELODGE_PORT: 'tcp://10.0.0.7:3000',
      GATELODGE_SERVICE_HOST: '10.0.0.7',
      GATELODGE_SERVICE_PORT: '3000',
      GATELODGE_SERVICE_PORT_HTTP: '3000',
      GATELODGE_PORT_3000_TCP: 'tcp://10.0.0.7:3000',
      GATELODGE_PORT_3000_TCP_PROTO: 'tcp',
      GATELODGE_PORT_3000_TCP_PORT: '3000',
      GATELODGE_PORT_3000_TCP_ADDR: '10.0.0.7',
    })
    expect(code).toBe(2)
    expect(err.trim().split('\n')).toHaveLength(2)
    expect(err).toContain('GATELODGE_PORT, GATELODGE_PORT_3000_TCP, GATELODGE_PORT_3000_TCP_ADDR')
    expect(err).toContain('enableServiceLinks: false')
  })

  it('V13.3.1 V16.2.5 a password with signs of a URL in it appears neither in the banner nor in the log', async () => {
    const password = encodeURIComponent('ca@n:a/r?y#100%')
    const port = await freePort()
    const words = ['--smtp-url', `smtp://u:${password}@127.0.0.1:${port}`, '--mail-from', 'Acme <hello@example.org>']
    const program = await serving({ DATABASE_URL: `mysql://u:${password}@127.0.0.1:${port}/name` }, words)
    while (!program.out().includes('database.unavailable')) await aMoment()
    expect(program.out()).toContain(`Data      mysql://u:***@127.0.0.1:${port}/name`)
    expect(`${program.out()}${program.err()}`).not.toMatch(/ca(?:@|%40)n|100%/)
  })
})

describe('In production', () => {
  it.each(['0.0.0.0', '::', '192.0.2.1'])(
    'a start that others can reach at %s needs baseUrl, and the fault says how to set it',
    async (host) => {
      const { code, err } = await finishedHere(['serve', '--host', host], { NODE_ENV: 'production' })
      expect(code).toBe(2)
      expect(err).toMatch(/^ {2}baseUrl: nothing was given; expected: the address of the site in production/m)
      expect(err).toContain('GATELODGE_BASE_URL=https://accounts.example.org')
    },
  )

  it.each(['127.0.0.1', 'localhost', '::1', '127.0.0.2'])('a start at %s alone does not', async (host) => {
    const { code } = await finishedHere(['config', 'check', '--host', host], { NODE_ENV: 'production' })
    expect(code).toBe(0)
  })
})

describe('Flags of yes or no', () => {
  const settingOf = (name: string, text: string) => new RegExp(`^${name} = (.*) {2}\\(`, 'm').exec(text)?.[1]

  it.each<[string[], string, string]>([
    [['--identity-token', '--identity-token-audience', 'https://app.example.org'], 'identityToken', 'true'],
    [['--identity-token'], 'identityToken', 'true'],
    [['--identity-token', 'no', '--port', '1'], 'identityToken', 'false'],
    [['--api', 'false'], 'api', 'false'],
    [['--api=false'], 'api', 'false'],
  ])('%j', async (words, name, value) => {
    const { code, out } = await finishedHere(['config', 'print', ...words])
    expect(code).toBe(0)
    expect(settingOf(name, out)).toBe(value)
    if (words.length === 3) expect(settingOf('identityTokenAudience', out)).toBe('"https://app.example.org"')
  })

  it.each<[string[], RegExp]>([
    [['serve', '--migrate', 'flase'], /"gatelodge serve" does not take "flase"/],
    [['serve', '--port', '--host', '::1'], /The flag "--port" needs a value/],
    [['serve', '--api=maybe'], /api: "maybe" was given; expected: true or false/],
  ])('are not guessed at: %j', async (words, said) => {
    const { code, err } = await finishedHere(words)
    expect([code, err]).toEqual([2, expect.stringMatching(said)])
  })
})

describe('The start', () => {
  it('names the app behind', async () => {
    const program = await serving({}, ['--upstream', 'http://localhost:5000'])
    expect(program.out()).toMatch(/^ {2}App {7}http:\/\/localhost:5000 /m)
    const inProduction = await serving({ NODE_ENV: 'production' }, ['--upstream', 'http://localhost:5000'])
    expect(inProduction.out()).toContain('"upstream":"http://localhost:5000"')
  })

  it('makes a data folder that is never committed, and changes no folder that holds other files', async () => {
    const { dataDir } = await serving()
    expect(readFileSync(join(dataDir, '.gitignore'), 'utf8')).toBe('*\n')
    const shared = emptyFolder()
    writeFileSync(join(shared, 'index.html'), '')
    await serving({ GATELODGE_DATA_DIR: shared })
    expect(readdirSync(shared).sort()).not.toContain('.gitignore')
    const given = { GATELODGE_SECRET: 'a-secret-for-tests-0123456789-abcdefgh' }
    const withoutSecret = await serving(given)
    expect(readdirSync(withoutSecret.dataDir)).toEqual(expect.arrayContaining(['.gitignore', 'gatelodge.sqlite']))
  })

  it('on sqlite::memory: works, says that it forgets, and writes nothing to the disk', async () => {
    const folder = emptyFolder()
    const port = String(await freePort())
    const program = start(['serve', '--database-url', 'sqlite::memory:', '--port', port], {}, folder)
    while (!program.out().includes('ready in')) await aMoment()
    expect(program.out()).toContain('Data      in memory: all of it is forgotten when this process ends')
    while (!program.out().includes('"msg":"database.in-memory"')) await aMoment()
    const site = await serving({ GATELODGE_DATABASE_URL: 'sqlite::memory:' })
    const ada = await site.visitor.register()
    await site.visitor.logOut()
    expect((await site.visitor.logIn(ada)).path).toBe('/account')
    expect(existsSync(site.dataDir)).toBe(false)
    expect(readdirSync(folder)).toEqual([])
    site.child.kill('SIGTERM')
    expect(await site.ended).toBe(0)
    expect(site.err()).toBe('')
  })
})

describe('A command in another folder than the server’s', () => {
  it.each([['account', 'disable', 'ada@example.org'], ['emails'], ['migrate', 'status']])(
    '%s makes no database, and says which one it looked for',
    async (...words) => {
      const folder = emptyFolder()
      const { code, err } = await finishedHere(words, {}, folder)
      expect(code).toBe(1)
      expect(err).toContain(
        `There is no database at ${join(folder, 'data/gatelodge.sqlite')}, the default for this folder.`,
      )
      expect(readdirSync(folder)).toEqual([])
      const memory = await finishedHere([...words, '--database-url', 'sqlite::memory:'], {}, folder)
      expect(memory).toMatchObject({ code: 1, err: expect.stringContaining('exists in one process only') })
    },
  )

  it('config print says which database it would be, and whether it is there', async () => {
    const folder = emptyFolder()
    const file = join(folder, 'data/gatelodge.sqlite')
    expect((await finishedHere(['config', 'print'], {}, folder)).out).toContain(
      `The database: ${file} (not created yet)\n`,
    )
    expect(readdirSync(folder)).toEqual([])
    const made = await finishedHere(['migrate', 'up'], {}, folder)
    expect(made).toMatchObject({ code: 0, err: `The database: ${file}\n` })
    expect(readFileSync(join(folder, 'data/.gitignore'), 'utf8')).toBe('*\n')
    expect((await finishedHere(['config', 'print'], {}, folder)).out).toContain(`The database: ${file}\n`)
  })
})

const aMoment = () => new Promise((resolve) => setTimeout(resolve, 20))
