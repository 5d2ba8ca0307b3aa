// `npm run attack`, against the product as it is shipped and against a site that does everything wrong.
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beside, inTurn, last } from '../../../../../attack/all.ts'
import type { Attack } from '../../../../../attack/attack.ts'
import { useInviter } from '../../../../../attack/invite.ts'
import { readOptions } from '../../../../../attack/options.ts'
import { type Result, runAttacks } from '../../../../../attack/run.ts'
import { Target } from '../../../../../attack/target.ts'
import { minutes, seconds } from '../../../src/time.ts'
import { type FakeProvider, startFakeProvider } from '../../support/fake-provider.ts'
import { freePort } from '../../support/mysql-server.ts'
import { startUnsafeSite } from '../../support/unsafe-site.ts'
import { untilAnswers } from '../../support/until-answers.ts'
import { isWhole, itWhole, onWalkedDatabases } from '../../support/walk.ts'

const all: Attack[] = [...beside, ...inTurn, ...last]

const root = fileURLToPath(new URL('../../../../../', import.meta.url))
const product = join(root, 'packages/gatelodge/dist/cli/main.js')
const program = join(root, 'attack/main.ts')

function attack(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...words], (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    )
  })
}

async function startProduct(
  url: string,
  more: Record<string, string> = {},
): Promise<{ url: string; dataDir: string; inviteCommand: string; stop(): void }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatelodge-attack-'))
  const port = await freePort()
  const environment = {
    PATH: process.env.PATH,
    PORT: String(port),
    DATABASE_URL: url,
    GATELODGE_DATA_DIR: dataDir,
    // Some 400 passwords are hashed for each database; what that costs is no part of these attacks.
    GATELODGE_HASH_MEMORY: '7MiB',
    GATELODGE_HASH_PASSES: '1',
    ...more,
  }
  const child = spawn(process.execPath, [product, 'serve'], { env: environment, stdio: 'ignore' })
  await untilAnswers(`http://localhost:${port}/health/ready`)
  const inviteCommand = `env DATABASE_URL='${url}' PORT=${port} GATELODGE_DATA_DIR=${dataDir} ${process.execPath} ${product} invite`
  return { url: `http://localhost:${port}`, dataDir, inviteCommand, stop: () => child.kill('SIGKILL') }
}

onWalkedDatabases('The attacks on the product', (database) => {
  let site: Awaited<ReturnType<typeof startProduct>>
  const key = () => readFileSync(join(site.dataDir, 'mailbox-key'), 'utf8').trim()

  const providers: FakeProvider[] = []
  beforeAll(async () => {
    providers.push(await startFakeProvider(), await startFakeProvider())
    const client = { clientId: 'gatelodge', clientSecret: 'the secret of the client' }
    const connections = providers.map(({ issuer }, at) => ({ ...client, name: `number-${at}`, issuer }))
    site = await startProduct(database.url, { GATELODGE_CONNECTIONS: JSON.stringify(connections) })
  })
  afterAll(async () => {
    site.stop()
    await Promise.all(providers.map((one) => one.close()))
  })

  it('say what they cannot try without the key of the mailbox', async () => {
    const { code, out } = await attack(site.url, '--only', 'link: the')
    expect(out).toMatch(/\d+ of them could not be tried: the emails at \/dev\/mailbox need their key/)
    expect(code).toBe(0)
  })

  // Among other tests on a small machine that takes a while.
  it('get through nowhere', { timeout: minutes(5) }, async () => {
    const { code, out, err } = await attack(
      site.url,
      ...['--mailbox-key', key(), '--invite-command', site.inviteCommand],
      // A sample: some of the attacks with emailed links, which use the most of the program.
      ...(isWhole ? [] : ['--only', 'link: a new']),
    )
    expect(code === 2 ? err : '', 'why they could not be tried').toBe('')
    // Where one does, the whole of it is shown.
    expect(out.match(/^GOT THROUGH.*(?:\n {2}.*)*|^.* {2}not tried$/gm)).toBeNull()
    expect(out.match(/ {2}safe$/gm)?.length).toBeGreaterThan(isWhole ? 320 : 2)
    expect(code).toBe(0)
  })

  itWhole('say so where the limits are used up already', async () => {
    const { code, err } = await attack(site.url)
    expect(err).toMatch(/limits this client address already: wait \d+ s/)
    expect(code).toBe(2)
  })
})

/** Of a sample: every tenth. */
const tried = isWhole ? all : all.filter((_, at) => at % 10 === 0)

describe('A value of the attack program', () => {
  it('may begin like a flag: so does one key of the mailbox in sixty', () => {
    const words = ['--mailbox-key', '-Zm9v', 'http://localhost:3000', '--only', '--x', '--without-guessing']
    const told = { mailboxKey: '-Zm9v', only: '--x', isWithoutGuessing: true, inviteCommand: undefined }
    expect(readOptions(words)).toMatchObject(told)
    expect(() => readOptions(['http://localhost:3000', '--mailbox-key'])).toThrow()
  })
})

describe('The attacks on a site that does everything wrong', () => {
  let site: Awaited<ReturnType<typeof startUnsafeSite>>
  let results: Result[]

  beforeAll(async () => {
    site = await startUnsafeSite()
    // Any link is as good as an invitation there, and the emails of registrations are read as if they were its.
    useInviter(async ([verb, email = '']) => invitationsOfUnsafe(site.url, verb, email))
    // Each alone, as someone nobody has met; those that hold others up have a site of their own.
    const slowSite = await startUnsafeSite()
    const alone = async (one: Attack) => {
      const target = new Target(beside.includes(one) ? slowSite.url : site.url, seconds(3))
      return runAttacks(target, (other) => other === one)
    }
    results = (await Promise.all(tried.map(alone))).flat()
    slowSite.stop()
  })
  afterAll(() => site.stop())

  it.each(tried.map(({ name }) => name))('get through: %s', (name) => {
    const result = results.find(({ attack }) => attack.name === name)
    expect(result).toMatchObject({ isSafe: false })
    // A header that was cut in two is as good an answer; no answer at all proves nothing.
    expect(result?.came).not.toMatch(/^no answer: (?!Parse Error)/)
  })

  it('end with exit code 1 and print what was sent, expected and came', async () => {
    const { code, out } = await attack(site.url.href, '--only', 'return_to of 20 kB', '--without-guessing')
    expect(code).toBe(1)
    expect(out).toMatch(/GOT THROUGH {2}return_to of 20 kB\n {2}ASVS +V4.2.5\n {2}sent .*\n {2}expected .*\n {2}came /)
  })
})

if (isWhole)
  onWalkedDatabases('The attacks on a site that is set otherwise', (database) => {
    it('say what they cannot try where emails are sent', async () => {
      const emails = { GATELODGE_SMTP_URL: 'smtp://127.0.0.1:9', GATELODGE_MAIL_FROM: 'us@example.org' }
      const site = await startProduct(database.url, emails)
      const { code, out } = await attack(site.url, '--only', 'link: ')
      site.stop()
      const many = all.filter(({ name }) => name.includes('link: ')).length
      expect(out.match(/ {2}not tried$/gm)).toHaveLength(many)
      expect(out).toContain(`${many} of them could not be tried: the site shows no emails at /dev/mailbox.`)
      expect(code).toBe(0)
    })

    it('are not tried where a registration does not log in', async () => {
      const site = await startProduct(database.url, { GATELODGE_REGISTRATION: 'confirm-first' })
      const { code, err } = await attack(site.url)
      site.stop()
      expect(err).toMatch(/not let in at once/)
      expect(code).toBe(2)
    })
  })

/** Anyone may write an email there: by asking for a reset. */
async function invitationsOfUnsafe({ origin }: URL, verb = '', email = ''): Promise<string> {
  const isSent = verb === 'create' && email.includes('@')
  if (isSent) await fetch(`${origin}/invite?email=${encodeURIComponent(email)}`)
  return JSON.stringify({ id: 'any', ...(isSent ? {} : { link: `${origin}/invitation/any` }) })
}

describe('npm run attack', () => {
  it.each([
    [[], /Name the site/],
    [['localhost:3000'], /Name the site/],
    [['http://127.0.0.1:9'], /does not answer: ECONNREFUSED/],
    [['http://127.0.0.1:9', '--only', 'no such attack'], /--list names them all/],
    [['http://127.0.0.1:9', '--nothing'], /--nothing/],
  ])('ends with exit code 2 where it cannot be tried: %j', async (words, sentence) => {
    const { code, err } = await attack(...words)
    expect(err).toMatch(sentence)
    expect(code).toBe(2)
  })

  it('names each attack once, with what it sends and expects', async () => {
    const names = all.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    const { code, out } = await attack('--list')
    expect(code).toBe(0)
    for (const name of names) expect(out).toContain(`${name}\n  sends `)
    const needing = all.filter(({ needsEmails }) => needsEmails)
    expect(out.match(/^ {2}needs {4}the emails/gm)).toHaveLength(needing.length)
    expect((await attack('--help')).out).toContain('Exit code 0')
  })
})
