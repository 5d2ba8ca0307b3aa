import { describe, expect, it } from 'vitest'
import { rows, sha1, useRangeServer } from '../../../tests/support/range-server.ts'
import { isBreached } from './breaches.ts'

const password = 'violet tram lamp'

describe('Asking whether a password was in a breach', () => {
  const range = useRangeServer()

  /** What came of it, and what was logged. */
  async function ask(url = range.url) {
    const logged: unknown[] = []
    const answer = await isBreached(password, url, { warn: (...words: unknown[]) => void logged.push(words) })
    return [answer, ...logged.flat()]
  }
  const failed = (reason: string) => [false, { reason }, 'breach-check.failed']

  it('V6.2.12 finds it', async () => {
    range.answer = (_, response) => response.end(rows({ [password]: 3 }))
    expect(await ask()).toEqual([true])
    range.answer = (_, response) => response.end(`${rows({ [password]: 3 }).toLowerCase()}\n`)
    expect(await ask()).toEqual([true])
  })

  it('V6.2.12 finds nothing', async () => {
    range.answer = (_, response) => response.end(rows({ 'amber ferry clock': 3 }))
    expect(await ask()).toEqual([false])
    range.answer = (_, response) => response.end('')
    expect(await ask()).toEqual([false])
  })

  it('takes padding for nothing', async () => {
    range.answer = (_, response) => response.end(rows({ [password]: 0 }))
    expect(await ask()).toEqual([false])
  })

  it('V11.4.1 sends five characters of the hash and nothing else, and asks for padding', async () => {
    await ask()
    expect(range.asked).toMatchObject([
      { path: `/range/${sha1(password).slice(0, 5)}`, headers: { 'add-padding': 'true' } },
    ])
    expect(Object.keys(range.asked[0]?.headers ?? {})).not.toContain('cookie')
    expect(JSON.stringify(range.asked)).not.toContain(sha1(password).slice(0, 6))
  })

  it('asks for the same password, however its accents are made', async () => {
    range.answer = (_, response) => response.end(rows({ 'Zwölf Boxkämpfer': 1 }))
    const log = { warn: () => {} }
    expect(await isBreached('Zwo\u0308lf Boxka\u0308mpfer', range.url, log)).toBe(true)
  })

  it('V15.3.2 follows no redirect', async () => {
    range.answer = ({ url }, response) => {
      if (url?.startsWith('/range/')) response.writeHead(302, { location: `/elsewhere${url}` }).end()
      else response.end(rows({ [password]: 3 }))
    }
    expect(await ask()).toEqual(failed('redirect'))
    expect(range.asked).toHaveLength(1)
  })

  it('V6.2.12 takes the password, and says so, where the answer does not come within a second', async () => {
    range.answer = () => {}
    const began = performance.now()
    expect(await ask()).toEqual(failed('timeout'))
    range.answer = (_, response) => response.write(`${'0'.repeat(34)}A:1\r\n`)
    expect(await ask()).toEqual(failed('timeout'))
    expect(performance.now() - began).toBeGreaterThan(1_900)
  })

  it.each<[string, string, number, string]>([
    ['500', 'status 500', 500, 'Internal Server Error'],
    ['429', 'status 429', 429, ''],
    ['garbage', 'not a range', 200, '<html>Welcome to the hotel!</html>'],
    ['a row among garbage', 'not a range', 200, `${rows({ [password]: 3 })}\n<html>`],
    ['too much', 'too large', 200, `${'0'.repeat(34)}A:1\r\n`.repeat(10_000)],
    ['one row that is too long', 'too large', 200, 'A'.repeat(300_000)],
  ])('V6.2.12 takes the password, and says so, where the answer is %s', async (_, reason, status, body) => {
    range.answer = (_, response) => response.writeHead(status).end(body)
    expect(await ask()).toEqual(failed(reason))
  })

  it('V6.2.12 takes the password, and says so, where nobody answers', async () => {
    expect(await ask('http://127.0.0.1:1/range/')).toEqual(failed('network'))
    range.answer = (request) => request.socket.destroy()
    expect(await ask()).toEqual(failed('UND_ERR_SOCKET'))
  })
})
