// The whole way in lynx and w3m, which know neither scripts nor style sheets: register, log out, log in, a new password. Both
// ask for a terminal, and each gets one of its own (`script`, of util-linux).
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mailboxLink } from '../../support/data-folder.ts'
import { have, runs } from '../../support/debian.ts'
import { useSite } from '../../support/site.ts'

const home = mkdtempSync(join(tmpdir(), 'gatelodge-text-browser-'))
const site = useSite()
/** Neither keeps a cookie of a host without a dot. */
const addressOf = (path: string) => `http://127.0.0.1:${site().port}${path}`

beforeAll(() => have(['lynx', 'w3m'], () => runs('lynx', '-version') && runs('w3m', '-version')))
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** What is typed into the fields of the page that is shown, and then its button is pressed. */
interface Page {
  /** How many links stand before the first field, or before the button. */
  links: number
  fields: string[]
  /** How many links stand between the last field and the button. */
  after?: number
}

/** @returns all that was drawn on the terminal. */
type Browser = (path: string, pages: Page[]) => Promise<string>

function inTerminal(command: string, type: (send: (keys: string) => Promise<void>) => Promise<void>): Promise<string> {
  const env = { ...process.env, TERM: 'vt100', HOME: home, LANG: 'C' }
  const terminal = spawn('script', ['-qec', `stty rows 60 cols 120; ${command}`, '/dev/null'], {
    env,
    cwd: home,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  let drawn = ''
  let isDrawing = 0
  terminal.stdout.on('data', (piece) => {
    drawn += piece
    isDrawing = performance.now()
  })
  /** And waits until nothing more is drawn. */
  const send = async (keys: string) => {
    const sentAt = performance.now()
    terminal.stdin.write(keys)
    while (performance.now() - Math.max(sentAt, isDrawing) < 400) await pause(50)
  }
  return new Promise((resolve, reject) => {
    terminal.once('error', reject).once('close', () => resolve(wordsOf(drawn)))
    type(send).then(() => terminal.stdin.end(), reject)
  })
}

/** Without what moves the cursor. */
const wordsOf = (drawn: string) =>
  drawn
    .split('\u001b')
    .map((piece, index) => (index === 0 ? piece : piece.replace(/^(?:\[[\d;?]*[A-Za-z]|[()][A-Z0-9]|[=>78])/, ' ')))
    .join('')
    .replace(/[\s\0]+/g, ' ')

const lynx: Browser = (path, pages) => {
  const down = 'key Down Arrow'
  const typed = (text: string) => [...text].map((one) => `key ${one === ' ' ? '<space>' : one}`)
  const keys = pages.flatMap(({ links, fields, after = 0 }) => [
    ...Array(links).fill(down),
    ...fields.flatMap((text) => [...typed(text), down]),
    ...Array(after).fill(down),
    'key ^J',
  ])
  writeFileSync(join(home, 'keys'), [...keys, 'key Q', ''].join('\n'))
  return inTerminal(`lynx -accept_all_cookies -cmd_script=keys '${addressOf(path)}'`, async () => {})
}

/** Ctrl-U: the address may stand there from before, because w3m keeps its cookies. */
const lineEmptied = '\x15'

const w3m: Browser = (path, pages) =>
  inTerminal(`w3m -cookie '${addressOf(path)}'`, async (send) => {
    await send('')
    for (const { links, fields, after = 0 } of pages) {
      // It stands on the first link from the start.
      for (let count = 0; count < links; count += 1) await send('\t')
      for (const text of fields) for (const keys of ['\r', `${lineEmptied}${text}`, '\r', '\t']) await send(keys)
      for (let count = 0; count < after; count += 1) await send('\t')
      await send('\r')
      // Drawn in one piece: on its own it changes only what differs from the page before.
      await send('\f')
    }
    await send('q')
    await send('y')
  })

/** The path of the newest link of that kind. */
async function linkTo(email: string, kind: string): Promise<string> {
  const key = mailboxLink().split('key=')[1] ?? ''
  const cookie = `gatelodge-mailbox-${site().port}=${key}; gatelodge-mailbox=${key}`
  const read = async (path: string) => (await fetch(site().baseUrl + path, { headers: { cookie } })).text()
  const list = await read('/dev/mailbox')
  for (const [, path = ''] of list.matchAll(/href="(\/dev\/mailbox\/[\w-]{36})"/g)) {
    const text = await read(path)
    const link = new RegExp(`${kind}/[\\w-]{43}`).exec(text)?.[0]
    if (text.includes(email) && link) return `/${link}`
  }
  throw new Error(`no email to ${email} has a link to ${kind}`)
}

/** As many links as stand before the first field of each page, or before its button. */
const before = { login: 4, register: 4, forgotPassword: 2, resetPassword: 3, account: 2, logout: 2, refused: 2 }

describe.each([
  ['lynx', lynx],
  ['w3m', w3m],
] as const)('In %s', (name, browse) => {
  const email = `ada-${name}@example.org`
  const [password, next] = ['violet tram lamp', 'amber ferry clock']
  const form = (links: number, fields: string[] = [], after = 0): Page => ({ links, fields, after })
  const logIn = (chosen: string) => form(before.login, [email, chosen], 2)
  // lynx sends no Referer with a form of a page whose address has a query, or to which another form has led.
  const isLynx = name === 'lynx'

  it('one registers, logs out and logs in again', { timeout: 180_000 }, async () => {
    const drawn = await browse('/register', [
      form(before.register, ['Ada', email, password]),
      form(before.account),
      ...(isLynx ? [form(before.refused), form(before.logout)] : []),
      logIn(password),
      ...(isLynx ? [form(before.refused), logIn(password)] : []),
    ])
    expect(drawn).toMatch(/Your account is ready\./)
    expect(drawn).toMatch(/You are logged out\./)
    expect(drawn.slice(drawn.indexOf('You are logged out.'))).toMatch(new RegExp(`Hello, Ada[^]*${email}`))
    expect(drawn.includes('Open the form once more')).toBe(isLynx)
  })

  it('the log-in page has no button that needs a script', { timeout: 180_000 }, async () => {
    const drawn = await browse('/login', [])
    expect(drawn).toContain('Keep me logged in')
    expect(drawn).not.toMatch(/passkey|Show/)
  })

  it('one comes to the page that was wanted', { timeout: 180_000 }, async () => {
    const again = isLynx ? [form(before.refused), logIn(password)] : []
    expect(await browse('/account/password', [logIn(password), ...again])).toMatch(/Current password/)
  })

  it('one sets a new password by email', { timeout: 180_000 }, async () => {
    expect(await browse('/forgot-password', [form(before.forgotPassword, [email])])).toMatch(/Check your email/)
    const link = await linkTo(email, 'reset-password')
    expect(await browse(link, [form(before.resetPassword, [next])])).toMatch(/Your password was reset\./)
    // The name of an account whose address nobody had confirmed is not kept.
    expect(await browse('/login', [logIn(next)])).toMatch(new RegExp(`Hello, ada-${name}[^]*${email}`))
  })
})
