// The built product as it is started by hand: `node dist/cli/main.js`.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished, TestRunner, vi } from 'vitest'
import { freePort } from './mysql-server.ts'
import { Visitor } from './visitor.ts'
import { isWhole } from './walk.ts'

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

export interface Program {
  child: ChildProcess
  out(): string
  err(): string
  ended: Promise<number | null>
}

export function start(
  words: string[],
  environment: Record<string, string> = {},
  cwd = mkdtempSync(join(tmpdir(), 'gatelodge-cli-')),
): Program {
  const child = spawn(process.execPath, [main, ...words], { cwd, env: { ...surroundings(), ...environment } })
  // Here, because a hook of this file would belong to the first file alone that imports it. A hook that starts one ends it.
  if (TestRunner.getCurrentTest()) onTestFinished(() => void child.kill('SIGKILL'))
  let out = ''
  let err = ''
  child.stdout.on('data', (bytes) => {
    out += bytes
  })
  child.stderr.on('data', (bytes) => {
    err += bytes
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { child, out: () => out, err: () => err, ended }
}

export async function finished(words: string[], environment: Record<string, string> = {}, cwd?: string) {
  const program = start(words, environment, cwd)
  return { code: await program.ended, out: program.out(), err: program.err() }
}

/**
 * The same in this process: a start of Node takes longer than what most commands do. That a command ends by itself is seen in
 * a process of its own only.
 */
export async function finishedHere(words: string[], environment: Record<string, string> = {}, cwd?: string) {
  const { run } = await import('../../src/cli/run.ts')
  const folder = process.cwd()
  if (cwd !== undefined) process.chdir(cwd)
  const said = { log: '', error: '' }
  const spies = (['log', 'error'] as const).map((way) =>
    vi.spyOn(console, way).mockImplementation((line: string) => {
      said[way] += `${line}\n`
    }),
  )
  const ours = process.env
  process.env = { ...surroundings(), ...environment }
  try {
    return { code: await run(words), out: said.log, err: said.error }
  } finally {
    process.env = ours
    process.chdir(folder)
    for (const spy of spies) spy.mockRestore()
  }
}

/** For walks: as a process of its own, and in a sample in this one. */
export const commanded = isWhole ? finished : finishedHere

const surroundings = () => ({ PATH: process.env.PATH ?? '', NO_COLOR: '1' })

export async function serving(environment: Record<string, string> = {}, words: string[] = []) {
  const port = String(await freePort())
  const dataDir = join(mkdtempSync(join(tmpdir(), 'gatelodge-data-')), 'data')
  const program = start(['serve', ...words], { PORT: port, GATELODGE_DATA_DIR: dataDir, ...environment })
  while (!/ready in|"started"/.test(program.out())) {
    if (program.child.exitCode !== null) throw new Error(program.err())
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const baseUrl = `http://localhost:${port}`
  const visitor = new Visitor(
    (request) =>
      fetch(request.url, {
        method: request.method,
        headers: request.headers,
        redirect: 'manual',
        body: request.body,
        duplex: 'half',
      } as RequestInit),
    baseUrl,
  )
  return { ...program, port: Number(port), dataDir, visitor }
}
