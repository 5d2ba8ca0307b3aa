// The built product as it is started by hand: `node dist/cli/main.js`.
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { finished, finishedHere, serving } from '../../tests/support/command-line.ts'
import { ask, onEachDatabase, onSqlite } from '../../tests/support/databases.ts'
import { startMailServer, startMoodyServer } from '../../tests/support/mail-server.ts'
import { freePort } from '../../tests/support/mysql-server.ts'
import { untilAnswers } from '../../tests/support/until-answers.ts'

onEachDatabase('gatelodge serve', (database) => {
  it('runs without configuration, says so in at most eight lines, and carries a person from registration to logout', async () => {
    const environment = database.name === 'MySQL' ? { DATABASE_URL: database.url } : {}
    const program = await serving(environment as Record<string, string>)
    const lines = program.out().trimEnd().split('\n')
    expect(lines.length).toBeLessThanOrEqual(8)
    expect(lines[0]).toMatch(/^Gatelodge \d+\.\d+\.\d+, ready in \d+ ms$/)
    expect(program.out()).toContain(`Open      http://localhost:${program.port}\n`)
    const key = readFileSync(join(program.dataDir, 'mailbox-key'), 'utf8').trim()
    expect(program.out()).toContain(`Emails    http://localhost:${program.port}/dev/mailbox?key=${key}\n`)
    expect(statSync(join(program.dataDir, 'mailbox-key')).mode & 0o777).toBe(0o600)
    expect(program.out()).toContain(database.name === 'MySQL' ? '127.0.0.1' : join(program.dataDir, 'gatelodge.sqlite'))
    expect(statSync(join(program.dataDir, 'secret')).mode & 0o777).toBe(0o600)

    await untilAnswers(`http://localhost:${program.port}/health/ready`)
    const ada = await program.visitor.register()
    expect(program.visitor.page.notice).toBe('Your account is ready.')
    await program.visitor.logOut()
    await program.visitor.logIn(ada)
    expect(program.visitor.page.path).toBe('/account')
    if (database.name === 'MySQL') {
      expect(existsSync(join(program.dataDir, 'gatelodge.sqlite'))).toBe(false)
      expect(await ask(database.url, 'select name from gatelodge_accounts')).toEqual([{ name: 'Ada Lovelace' }])
    }
  })
})

describe('gatelodge serve', () => {
  it('stops politely: finishes what is under way, ends with 0', async () => {
    const program = await serving()
    const socket = connect(program.port, '127.0.0.1')
    const heard = () => new Promise<string>((resolve) => socket.once('data', (bytes) => resolve(String(bytes))))
    const form = 'email=a&password=b'
    const lines = [
      'POST /login HTTP/1.1',
      `host: localhost:${program.port}`,
      'content-type: application/x-www-form-urlencoded',
      `content-length: ${form.length}`,
      'expect: 100-continue',
    ]
    socket.write(`${lines.join('\r\n')}\r\n\r\n`)
    expect(await heard()).toMatch(/^HTTP\/1\.1 100 /)
    program.child.kill('SIGTERM')
    while (!program.out().includes('"msg":"stopping"')) await new Promise((resolve) => setTimeout(resolve, 20))
    expect(program.child.exitCode).toBeNull()
    socket.write(form)
    const answer = await heard()
    expect(answer).toMatch(/^HTTP\/1\.1 403 /)
    socket.end()
    expect(await program.ended).toBe(0)
    expect(program.out()).toMatch(/"msg":"stopped"/)
  })

  it('stands while its database is away, and still stops politely', async () => {
    const program = await serving({ DATABASE_URL: `mysql://root@127.0.0.1:${await freePort()}/nowhere` })
    expect((await program.visitor.open('/login')).status).toBe(200)
    program.child.kill('SIGTERM')
    expect(await program.ended).toBe(0)
    expect(program.out()).toMatch(/"msg":"stopped"/)
    expect(program.err()).toBe('')
  })

  it('V12.2.1 refuses to start insecurely in production, with every fault and exit code 2', async () => {
    const { code, err } = await finishedHere(['serve'], {
      NODE_ENV: 'production',
      GATELODGE_BASE_URL: 'http://accounts.example.org',
    })
    expect(code).toBe(2)
    expect(err).toContain(
      'GATELODGE_BASE_URL: http://accounts.example.org was given; expected: an https address in production',
    )
    const many = await finishedHere(['serve', '--port', 'x'], {
      GATELODGE_SECRET: 'short',
      GATELODGE_REGISTRATION: 'open',
    })
    expect(many.code).toBe(2)
    expect(many.err.trim().split('\n')).toHaveLength(4)
    expect(many.err).not.toContain('short')
  })

  it('V16.2.2 V16.2.4 logs JSON in production, one event a line, without secrets', async () => {
    const program = await serving({ NODE_ENV: 'production', GATELODGE_LOG_LEVEL: 'debug' })
    const { email = '', password = '' } = await program.visitor.register()
    const cookie = program.visitor.sessionCookie ?? ''
    program.child.kill('SIGTERM')
    await program.ended
    const lines = program
      .out()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map(({ msg }) => msg)).toEqual(
      expect.arrayContaining(['started', 'request', 'registration.succeeded', 'stopped']),
    )
    for (const line of lines) expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    for (const secret of [email, password, cookie]) expect(program.out()).not.toContain(secret)
    expect(lines.find(({ msg }) => msg === 'request')).toMatchObject({
      request: expect.any(String),
      route: '/register',
      status: 200,
      ms: expect.any(Number),
    })
  })
})

describe('A server that runs', () => {
  let site: Awaited<ReturnType<typeof serving>>
  beforeAll(async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'gatelodge-open-'))
    chmodSync(dataDir, 0o755)
    site = { ...(await serving({ GATELODGE_DATA_DIR: dataDir })), dataDir }
    return () => void site.child.kill('SIGKILL')
  })

  it('V4.2.1 answers what is no HTTP with 400 and our headers, and closes', async () => {
    for (const nonsense of [
      'GET /login HTTP/1.1\r\nhost: a\r\nbad header\r\n\r\n',
      'POST /login HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      'POST /login HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello',
      'nonsense\r\n\r\n',
    ]) {
      const socket = connect(site.port, '127.0.0.1')
      let answer = ''
      socket.on('data', (bytes) => {
        answer += bytes
      })
      socket.write(nonsense)
      await new Promise((resolve) => socket.once('close', resolve))
      expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
      expect(answer).toContain("default-src 'none'")
    }
  })

  it('answers a Host that is none with 400 and our headers', async () => {
    const socket = connect(site.port, '127.0.0.1')
    socket.write('GET /login HTTP/1.1\r\nhost: a b<c>\r\nconnection: close\r\n\r\n')
    let answer = ''
    socket.on('data', (bytes) => {
      answer += bytes
    })
    await new Promise((resolve) => socket.once('close', resolve))
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).toContain("default-src 'none'")
  })

  it.each([
    ['no Host', 'GET /login HTTP/1.1\r\n\r\n', 400],
    [
      'an expectation that nobody has',
      'GET /login HTTP/1.1\r\nhost: a\r\nexpect: miracles\r\nconnection: close\r\n\r\n',
      417,
    ],
  ])('V3.4.3 answers %s with our headers', async (_, request, status) => {
    const socket = connect(site.port, '127.0.0.1')
    socket.write(request)
    const answer = await new Promise<string>((resolve) => socket.once('data', (bytes) => resolve(String(bytes))))
    socket.destroy()
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(answer).toContain("default-src 'none'")
  })

  it('takes someone who goes away half-way for no failure of its own', async () => {
    const socket = connect(site.port, '127.0.0.1')
    socket.write(
      'POST /login HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 99\r\nexpect: 100-continue\r\n\r\n',
    )
    await new Promise((resolve) => socket.once('data', resolve))
    socket.resetAndDestroy()
    while (!/"msg":"request"/.test(site.out())) await new Promise((resolve) => setTimeout(resolve, 20))
    expect(site.out()).toMatch(/"route":"\/login","status":400/)
    expect(site.out()).not.toMatch(/request\.failed|unavailable/)
  })

  it('V13.3.2 keeps its database for its owner, in a folder that others may read too', () => {
    expect(statSync(site.dataDir).mode & 0o777).toBe(0o755)
    for (const name of readdirSync(site.dataDir)) expect(statSync(join(site.dataDir, name)).mode & 0o077, name).toBe(0)
  })

  it('says what to do where its port is taken', async () => {
    const { port } = site
    const second = await finished([
      'serve',
      '--port',
      String(port),
      '--data-dir',
      mkdtempSync(join(tmpdir(), 'gatelodge-')),
    ])
    expect(second).toMatchObject({
      code: 1,
      err: `Another program already listens on 127.0.0.1:${port}. Stop it, or choose another port: PORT=${port + 1} npm start\n`,
    })
  })

  it('is asked how it is by a command', async () => {
    expect(await finishedHere(['healthcheck', '--port', String(site.port)])).toMatchObject({ code: 0, out: '200 ok\n' })
  })
})

onSqlite('gatelodge emails', (database) => {
  const withMail = (url: string) => ({
    GATELODGE_DATABASE_URL: database.url,
    GATELODGE_SMTP_URL: url,
    GATELODGE_MAIL_FROM: 'hello@example.org',
    GATELODGE_SECRET: 'a-secret-for-tests-0123456789-abcdefgh',
  })
  const listed = async () => (await finishedHere(['emails', '--database-url', database.url])).out
  /** Until that holds for the latest one. A command for each look would cost too much. */
  const untilLatest = async (condition: string) => {
    const file = new DatabaseSync(database.url.slice('sqlite:'.length), { readOnly: true })
    const latest = file.prepare(`select ${condition} as holds from gatelodge_emails order by created_at desc limit 1`)
    while (latest.get()?.holds !== 1) await aMoment()
    file.close()
  }

  it('prints the state of each, and never its recipient: they wait, are sent, or kept in the mailbox', async () => {
    const early = await finishedHere(['emails', '--database-url', database.url])
    expect(early.code).toBe(1)
    if (database.name === 'SQLite') expect(early.err).toContain(`There is no database at ${database.url.slice(7)}.`)
    else
      expect(early.err).toMatch(
        /^This database is not ready yet: .* Start the site once, or run: gatelodge migrate up\n$/,
      )
    await finishedHere(['migrate', 'up', '--database-url', database.url])
    expect(await listed()).toBe('There are no emails.\n')
    const developing = await serving({ GATELODGE_DATABASE_URL: database.url })
    await developing.visitor.register()
    // Someone unknown: no email, and nothing to list.
    await developing.visitor.logOut()
    await developing.visitor.open('/forgot-password')
    await developing.visitor.submit({ email: 'nobody@example.org' })
    expect(await listed()).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ {2}verify-email {12}mailbox {2}0 tries\n$/)

    const away = await serving(withMail(`smtp://localhost:${await freePort()}`))
    await away.visitor.register()
    await untilLatest("failure like 'ESOCKET%'")
    expect(await listed()).toMatch(/verify-email +waiting +1 try +ESOCKET/)
    expect(away.out()).not.toContain('/dev/mailbox')
    expect(existsSync(join(away.dataDir, 'mailbox-key'))).toBe(false)
    // Or it might take the next one.
    away.child.kill('SIGTERM')
    await away.ended

    const mail = await startMailServer()
    const running = await serving(withMail(mail.url))
    const ada = await running.visitor.register()
    // By itself, a moment after the answer.
    await untilLatest('sent_at is not null')
    expect(mail.arrived.map(({ envelope }) => envelope.to)).toContainEqual([ada.email])
    expect((await listed()).split('\n')[0]).toMatch(/verify-email +sent +1 try$/)
    const byHand = await finished(['emails', '--database-url', database.url])
    expect(byHand).toMatchObject({ code: 0, out: await listed() })
    expect(byHand.out).not.toContain('@')
    running.child.kill('SIGTERM')
    expect(await running.ended).toBe(0)
    await mail.close()
  })

  it('of one that hangs at the mail server when the site stops: it is given up, and waits', async () => {
    const moody = await startMoodyServer({ hangsAt: 'after DATA' })
    const program = await serving(withMail(`smtp://localhost:${moody.port}`))
    await program.visitor.register()
    while (!moody.heard.includes('DATA')) await aMoment()
    program.child.kill('SIGTERM')
    expect(await program.ended).toBe(0)
    expect(program.out()).toMatch(/"msg":"stopped"/)
    const [last = ''] = (await listed()).split('\n')
    expect(last).toMatch(/verify-email +waiting +1 try/)
    // Nobody waited until the server had had its time.
    expect(last).not.toContain('ETIMEDOUT')
    await moody.close()
  })

  it('V12.3.2 V12.3.4 over TLS: the certificate is accepted from the issuer that was named, and from no other', async () => {
    const mail = await startMailServer({ secure: true })
    const wary = await serving(withMail(mail.url))
    await wary.visitor.register()
    await untilLatest("failure like 'ESOCKET%'")
    expect((await listed()).split('\n')[0]).toMatch(/verify-email +waiting +1 try +ESOCKET/)
    expect(mail.arrived).toEqual([])
    wary.child.kill('SIGTERM')
    await wary.ended
    const issuer = fileURLToPath(new URL('../../tests/support/certificates/ca.pem', import.meta.url))
    const trusting = await serving({ ...withMail(mail.url), NODE_EXTRA_CA_CERTS: issuer })
    const ada = await trusting.visitor.register()
    while (mail.arrived.length === 0) await aMoment()
    expect(mail.arrived[0]?.envelope.to).toEqual([ada.email])
    trusting.child.kill('SIGTERM')
    await trusting.ended
    await mail.close()
  })
})

const aMoment = () => new Promise((resolve) => setTimeout(resolve, 20))

describe('The command line', () => {
  it.each<[string[], number, RegExp]>([
    [[], 0, /gatelodge serve +run the site/],
    [['--version'], 0, /^\d+\.\d+\.\d+$/m],
    [['healthcheck', '--port', '1'], 1, /no answer from http:\/\/127\.0\.0\.1:1\/health\/ready/],
  ])('%j ends with %i and says %s', async (words, code, said) => {
    const result = await finished(words)
    expect(`${result.out}${result.err}`).toMatch(said)
    expect(result.code).toBe(code)
  })

  it.each<[string[], number, RegExp]>([
    [['--help'], 0, /gatelodge migrate/],
    [['emails', 'all'], 2, /Usage: gatelodge emails/],
    [['config', 'check'], 0, /settings are valid/],
    [['config', 'print'], 0, /port = 3000 {2}\(default\)/],
    [['config', 'template'], 0, /^#GATELODGE_BASE_URL=https:\/\/accounts\.example\.org$/m],
    [['config', 'prnt'], 2, /There is no "gatelodge config prnt". Did you mean "print"\?/],
    [['migrate', 'sideways'], 2, /There is no "gatelodge migrate sideways". "gatelodge help migrate" lists them/],
    [['account', 'disable', 'nonsense'], 2, /Usage: gatelodge account disable ADDRESS/],
    [['audit', 'nonsense'], 2, /Usage: gatelodge audit \[ADDRESS\]/],
    [['srve'], 2, /There is no command "srve". Did you mean "serve"\?/],
    [['constructor'], 2, /There is no command "constructor"/],
    [['serve', '--port'], 2, /The flag "--port" needs a value/],
    [['serve', '--database-url', 'mysql://h'], 2, /databaseUrl: mysql:\/\/h was given/],
    [['frobnicate'], 2, /There is no command "frobnicate". "gatelodge help" lists them\./],
    [['serve', '--prot', '3000'], 2, /There is no flag "--prot". Did you mean "--port"\?/],
    [['account', 'list', '--jso'], 2, /There is no flag "--jso". Did you mean "--json"\?/],
    [['config', 'print', '--json'], 2, /There is no flag "--json". "gatelodge help config" lists them\./],
  ])('in a process that has begun, %j ends with %i and says %s', async (words, code, said) => {
    const result = await finishedHere(words)
    expect(`${result.out}${result.err}`).toMatch(said)
    expect(result.code).toBe(code)
  })

  it('shows settings without their secrets', async () => {
    const words = [
      'config',
      'print',
      '--secret',
      'canary-0123456789-abcdefghijklmnopqrst',
      '--database-url',
      'mysql://u:canary@host/db',
      '--smtp-url',
      'smtp://u:canary@mail.example.org:587',
      '--mail-from',
      'hello@example.org',
    ]
    const { out } = await finishedHere(words)
    expect(out).toContain('databaseUrl = mysql://u:***@host/db  (flag)')
    expect(out).toContain('smtpUrl = smtp://u:***@mail.example.org:587  (flag)')
    expect(out).not.toContain('canary')
  })
})
