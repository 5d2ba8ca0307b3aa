// `npm start` under a service manager that knows npm only: a signal for npm reaches the server, which stops as it should.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import manifest from '../../../package.json' with { type: 'json' }
import { freePort } from './support/mysql-server.ts'
import { untilAnswers } from './support/until-answers.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
let group: number | undefined
afterAll(() => {
  try {
    if (group) process.kill(-group, 'SIGKILL')
  } catch {
    // All of it has ended.
  }
})

/** The script as it stands, in a folder of its own: what comes before it would build in the middle of the tests. */
function folderOf(script: 'start' | 'gatelodge'): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatelodge-npm-'))
  for (const name of ['node_modules', 'packages']) symlinkSync(join(root, name), join(folder, name))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: { [script]: manifest.scripts[script] } }))
  return folder
}

it.each([
  ['start', []],
  ['gatelodge', ['--', 'serve']],
] as const)('SIGTERM for `npm run %s` alone stops the server, and npm ends when it has', async (script, more) => {
  const port = String(await freePort())
  const npm = spawn('npm', ['run', script, ...more], {
    cwd: folderOf(script),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: port },
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  group = npm.pid
  let said = ''
  npm.stdout.on('data', (piece) => {
    said += piece
  })
  await untilAnswers(`http://localhost:${port}/health/ready`)
  npm.kill('SIGTERM')
  await once(npm, 'exit')
  // Whatever it started is gone with it: nobody answers, and the last line stands there.
  await expect(fetch(`http://localhost:${port}/health/alive`)).rejects.toThrow()
  if (!npm.stdout.readableEnded) await once(npm.stdout, 'end')
  expect(said).toMatch(/"msg":"stopping"[\s\S]*"msg":"stopped"/)
})
