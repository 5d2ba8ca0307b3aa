// Chapters V9 and V11: what we seal and sign is valid for its time and its purpose, under our keys and our algorithm only.
import { execFile } from 'node:child_process'
import { createCipheriv, createHmac } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { loadSettings } from '../../src/config/load.ts'
import { metaOf } from '../../src/config/schema.ts'
import { createSealing, newToken } from '../../src/identity/sealing.ts'
import { minutes } from '../../src/time.ts'
import { makeApp, throwawayDatabase } from '../support/make-app.ts'

const secret = 'the-current-secret-0123456789-abcdefghi'
const sealing = createSealing([secret])

describe('What was sealed or signed', () => {
  it('V9.1.2 is opened with our algorithm, whatever it says of itself', () => {
    const claims = ['{"alg":"none"}', '{"alg":"HS256","typ":"JWT"}', '{"alg":"A128GCM"}']
    for (const claim of claims) {
      const head = Buffer.from(claim).toString('base64url')
      const body = Buffer.from('{"id":"x","since":0}').toString('base64url')
      const signature = createHmac('sha256', '').update(`${head}.${body}`).digest('base64url')
      for (const token of [`${head}.${body}.`, `${head}.${body}.${signature}`, body])
        expect(sealing.open('visit cookie', token)).toBeUndefined()
    }
  })

  it('V9.1.3 V11.2.5 is opened with our keys only: none that comes along, none that is empty, none of another site', () => {
    for (const key of [Buffer.alloc(32), Buffer.from(secret.slice(0, 32))]) {
      const cipher = createCipheriv('aes-256-gcm', key, Buffer.alloc(12))
      const forged = Buffer.concat([Buffer.alloc(12), cipher.update('{}'), cipher.final(), cipher.getAuthTag()])
      expect(sealing.open('visit cookie', forged.toString('base64url'))).toBeUndefined()
      expect(sealing.verify('form token', 'session x', createHmac('sha256', key).update('session x').digest())).toBe(
        false,
      )
    }
    const stranger = createSealing(['the-secret-of-another-site-0123456789-ab'])
    expect(sealing.open('visit cookie', stranger.seal('visit cookie', '{}'))).toBeUndefined()
  })

  it('V9.2.2 is valid for one purpose: a token for another is refused', () => {
    expect(sealing.open('form token', sealing.seal('visit cookie', 'x'))).toBeUndefined()
    expect(sealing.verify('visit cookie', 'x', sealing.sign('form token', 'x'))).toBe(false)
  })

  it('V9.2.1 is valid for an hour: a message that waited longer is not shown', async () => {
    const app = await makeApp(throwawayDatabase())
    for (const [wait, notice] of [
      [minutes(60) - 1, 'Log in to see that page.'],
      [minutes(60), undefined],
    ] as const) {
      const browser = app.visitor()
      await browser.send('GET', '/account')
      app.clock.pass(wait)
      expect((await browser.open('/login')).notice, `after ${wait} ms`).toBe(notice)
    }
    await app.close()
  })
})

describe('The secret', () => {
  it.each([
    ['a word', 'hunter2'],
    ['31 characters', 'x1y2z3a4b5c6d7e8f9g0h1i2j3k4l5m'],
    ['one character, often', 'a'.repeat(64)],
    ['a sentence', 'correct horse battery staple and so on and on'],
    ['the sample of the documentation', metaOf('secret').example],
  ])('V11.4.4 V13.2.3 is refused where it is %s', (_, given) => {
    expect(loadSettings({ flags: { secret: given } }).kind).toBe('faults')
  })

  it('V11.4.4 is taken where it is random', () => {
    expect(loadSettings({ flags: { secret: 'K7+pQ2/xv9Zt4mNw8Ryb1cGh6jLs0dFe3aUiOq5TkXz=' } }).kind).toBe('settings')
  })
})

it('V11.5.2 tokens made by several processes at once never repeat', async () => {
  const file = fileURLToPath(new URL('../../dist/identity/sealing.js', import.meta.url))
  const code = `import { newToken } from ${JSON.stringify(file)}; for (let i = 0; i < 20000; i += 1) console.log(newToken())`
  const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], { maxBuffer: 2 ** 24 })
  const printed = await Promise.all([run(), run(), run()])
  const tokens = printed.flatMap(({ stdout }) => stdout.trim().split('\n'))
  expect(tokens).toHaveLength(60_000)
  expect(new Set([...tokens, newToken()]).size).toBe(60_001)
})
