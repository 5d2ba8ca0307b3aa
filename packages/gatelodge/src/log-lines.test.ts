// A log that cannot be written costs lines and nothing else.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { freePort } from '../tests/support/mysql-server.ts'
import { untilAnswers } from '../tests/support/until-answers.ts'
import { createLines, type Write } from './log-lines.ts'

type Code = 'ENOSPC' | 'EPIPE' | 'EAGAIN' | 'EIO'

/** A place for lines that fails on request, and takes a part of what it gets. */
function place() {
  const state = {
    text: '',
    fails: undefined as Code | undefined,
    failsAfter: undefined as number | undefined,
    takes: Number.POSITIVE_INFINITY,
    isStuck: false,
  }
  const write: Write = (bytes, done) => {
    if (state.isStuck) return
    setImmediate(() => {
      if (state.fails) return done(Object.assign(new Error(state.fails), { code: state.fails }), 0)
      const written = Math.min(bytes.length, state.takes)
      state.text += bytes.subarray(0, written)
      if (state.failsAfter !== undefined && --state.failsAfter === 0) state.fails = 'ENOSPC'
      done(null, written)
    })
  }
  return { state, lines: createLines(write, 1) }
}

const droppedIn = (text: string) =>
  [...text.matchAll(/"lines":(\d+),"msg":"log\.dropped"/g)].map(([, count]) => Number(count))

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1))
}

describe('Lines of the log', () => {
  it('all arrive in order where a write takes a part only', async () => {
    const { state, lines } = place()
    state.takes = 7
    const all = Array.from({ length: 50 }, (_, number) => `line ${number}\n`)
    for (const line of all) lines.write(line)
    expect(await lines.flush()).toBe(true)
    expect(state.text).toBe(all.join(''))
  })

  it.each<Code>(['ENOSPC', 'EPIPE', 'EIO'])(
    'are dropped and counted at %s, and the count is written when there is room',
    async (code) => {
      const { state, lines } = place()
      state.fails = code
      for (let number = 0; number < 10; number += 1) lines.write(`lost ${number}\n`)
      await lines.flush()
      state.fails = undefined
      lines.write('kept\n')
      await until(() => state.text.includes('kept'))
      expect(droppedIn(state.text)).toEqual([10])
      expect(state.text).not.toContain('lost')
      lines.write('later\n')
      await lines.flush()
      expect(droppedIn(state.text)).toEqual([10])
    },
  )

  it('are not lost at EAGAIN', async () => {
    const { state, lines } = place()
    state.fails = 'EAGAIN'
    lines.write('patient\n')
    const flushed = lines.flush()
    setTimeout(() => {
      state.fails = undefined
    }, 5)
    await flushed
    expect(state.text).toBe('patient\n')
  })

  it('of which a part was written are ended before the next one', async () => {
    const { state, lines } = place()
    state.takes = 4
    lines.write('whole line\n')
    state.failsAfter = 1
    await lines.flush()
    expect(state.text).toBe('whol')
    Object.assign(state, { fails: undefined, failsAfter: undefined, takes: 1_000 })
    lines.write('next\n')
    await until(() => state.text.endsWith('next\n'))
    const [cut, logEvent = '', ...rest] = state.text.split('\n')
    expect([cut, droppedIn(logEvent), rest]).toEqual(['whol', [1], ['next', '']])
  })

  it('wait in one megabyte at most where nothing is taken and nothing fails', async () => {
    const { state, lines } = place()
    state.isStuck = true
    const line = `${'x'.repeat(1023)}\n`
    for (let number = 0; number < 5_000; number += 1) lines.write(line)
    expect(await lines.flush()).toBe(false)
    expect(lines.take().length).toBeLessThanOrEqual(1024 * 1024)
  })
})

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))

async function serve(stdout: number | 'pipe') {
  const port = String(await freePort())
  const child = spawn(process.execPath, [main, 'serve'], {
    cwd: mkdtempSync(join(tmpdir(), 'gatelodge-log-')),
    env: { PATH: process.env.PATH, PORT: port },
    stdio: ['ignore', stdout, 'inherit'],
  })
  return { child, site: `http://localhost:${port}` }
}

describe('A server', () => {
  it.each([
    ['on a full disk', 'full', 200],
    ['on a closed pipe', 'closed', 200],
    // More than the pipe and the process that holds its other end take: some 150 bytes a line.
    ['on a pipe that nobody reads', 'unread', 4_000],
  ])('V16.2.3 whose log stands %s answers every request, checks passwords and stops', async (_, kind, lines) => {
    const { child, site } = await serve(kind === 'full' ? openSync('/dev/full', 'w') : 'pipe')
    if (kind === 'closed') child.stdout?.destroy()
    await untilAnswers(`${site}/health/ready`)
    for (let number = 0; number < lines; number += 50)
      await Promise.all(Array.from({ length: 50 }, async () => (await fetch(`${site}/health/alive`)).text()))
    const answer = await fetch(`${site}/api/v1/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'nobody@example.org', password: 'wrong password' }),
    })
    expect(answer.status).toBe(401)
    await answer.text()
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })
})
