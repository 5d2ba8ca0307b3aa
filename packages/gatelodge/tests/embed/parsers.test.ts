// Behind parsers of the app that have read the body already, the same is refused as where Gatelodge reads it itself.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { throwawayDatabase } from '../support/make-app.ts'
import { untilAnswers } from '../support/until-answers.ts'
import { Visitor } from '../support/visitor.ts'

const program = fileURLToPath(new URL('parsers.ts', import.meta.url))
const kinds = ['urlencoded, extended', 'urlencoded, not extended', 'json', 'urlencoded, extended, and json']
const parsed = [4, 5].flatMap((version) => kinds.map((kind) => `Express ${version}, ${kind}`))
const keptBytes = [4, 5].map((version) => `Express ${version}, parsers that keep the bytes`)
const form = 'application/x-www-form-urlencoded'
const json = 'application/json'

const notFound = 'Email or password is not right. Check them and try again.'
const noEmail = 'Enter your email address'

/** A body, and what it is answered: the status alone, or 303 and the message at the form. */
const forms: [string, string, string][] = [
  ['one of each', 'email=a@b.cd&password=x', `303 ${notFound}`],
  ['a list of one', 'email[]=a@b.cd&password=x', `303 ${noEmail}`],
  ['a list of one, encoded', 'email%5B%5D=a@b.cd&password=x', `303 ${noEmail}`],
  ['a numbered list of one', 'email[0]=a@b.cd&password=x', `303 ${noEmail}`],
  ['an object', 'email[a]=a@b.cd&password=x', `303 ${noEmail}`],
  ['a list within an object', 'email[a][]=a@b.cd&password=x', `303 ${noEmail}`],
  ['an object within a list', 'email[][a]=a@b.cd&password=x', `303 ${noEmail}`],
  ['a dot', 'email.a=a@b.cd&password=x', `303 ${noEmail}`],
  ['twin keys', 'email=a@b.cd&email=c@d.ef&password=x', '400'],
  ['twin keys that are the same', 'email=a@b.cd&email=a@b.cd&password=x', '400'],
  ['30 twin keys', `${'email=a@b.cd&'.repeat(30)}password=x`, '400'],
  ['a list of two', 'email[]=a@b.cd&email[]=c@d.ef&password=x', '400'],
  ['twin passwords', 'email=a@b.cd&password=x&password=y', '400'],
  ['twin keys that nobody asked for', 'email=a@b.cd&password=x&a=1&a=2', '400'],
  [
    'more fields than are read',
    `email=a@b.cd&password=x&${'abcdefghij'
      .split('')
      .flatMap((a) => '0123456789'.split('').map((b) => `${a}${b}=1`))
      .join('&')}`,
    '400',
  ],
]

const bodies: [string, string, number][] = [
  ['one of each', '{"email":"a@b.cd","password":"x"}', 401],
  ['a list', '{"email":["a@b.cd"],"password":"x"}', 422],
  ['an object', '{"email":{"a":"a@b.cd"},"password":"x"}', 422],
  ['a key with brackets', '{"email[]":"a@b.cd","password":"x"}', 422],
  ['a list at the top', '[{"email":"a@b.cd"}]', 400],
]

/** Faults that the result of a parser does not show: only the bytes do. */
const onlyBytesTell: [string, string, string, number][] = [
  ['JSON with twin keys', json, '{"email":"a@b.cd","email":"c@d.ef","password":"x"}', 400],
  ['a form that is no UTF-8', form, 'email=%ff@b.cd&password=x', 400],
]

describe('Behind parsers of the app', () => {
  let child: ChildProcess
  let ports: Record<string, number>

  beforeAll(async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'gatelodge-parsers-'))
    const env = { PATH: process.env.PATH, DATABASE_URL: throwawayDatabase().url, GATELODGE_DATA_DIR: dataDir }
    child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
      if (!line.startsWith('{"ports"')) continue
      ports = JSON.parse(line).ports
      break
    }
    child.stdout?.resume()
    await untilAnswers(`http://127.0.0.1:${ports.standalone}/health/ready`)
  })
  afterAll(async () => {
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    expect(await gone).toEqual([0, null])
  })

  const visitorAt = (name: string) =>
    new Visitor(async (request) => {
      const { pathname, search } = new URL(request.url)
      const body = request.method === 'POST' ? { body: await request.text() } : {}
      const init = { method: request.method, headers: request.headers, redirect: 'manual' as const, ...body }
      return fetch(`http://127.0.0.1:${ports[name]}${pathname}${search}`, init)
    }, 'http://localhost:4999')

  async function sentForm(name: string, body: string): Promise<string> {
    const browser = visitorAt(name)
    await browser.open('/login')
    const answer = await browser.send('POST', '/login', body, { 'content-type': form })
    if (answer.status !== 303) return String(answer.status)
    const [message] = (await browser.open(answer.headers.get('location') ?? '')).summary
    return `303 ${message}`
  }

  const sent = async (name: string, type: string, body: string) =>
    (await visitorAt(name).send('POST', type === json ? '/api/v1/login' : '/login', body, { 'content-type': type }))
      .status

  const everywhere = ['standalone', ...parsed, ...keptBytes]

  it.each(everywhere)('V15.3.7 forms get the same answers: %s', async (name) => {
    const answers = []
    // One after the other, with a new address each: too many tries for one would have to wait.
    for (const [index, [what, body]] of forms.entries())
      answers.push([what, await sentForm(name, body.replaceAll('a@b.cd', `a${index}@${name.replace(/\W/g, '')}.cd`))])
    expect(answers).toEqual(forms.map(([what, , answer]) => [what, answer]))
  })

  it.each(everywhere)('V15.3.7 JSON gets the same answers: %s', async (name) => {
    const answers = []
    for (const [what, body] of bodies)
      answers.push([what, await sent(name, json, body.replace('a@b.cd', `b@${name.replace(/\W/g, '')}.cd`))])
    expect(answers).toEqual(bodies.map(([what, , status]) => [what, status]))
  })

  it.each(['standalone', ...keptBytes])(
    'V1.5.3 what a parser cannot leave behind is refused where the bytes are kept: %s',
    async (name) => {
      for (const [what, type, body, status] of onlyBytesTell)
        expect([what, await sent(name, type, body)]).toEqual([what, status])
    },
  )
})
