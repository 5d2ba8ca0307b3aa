// The real nginx and the real Caddy, each with a configuration of ours in a folder of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { have, runs } from './debian.ts'

export type ProxyKind = 'nginx' | 'caddy'

export interface RunningProxy {
  pid: number
  /** What it keeps for itself. */
  folder: string
  stop(): Promise<void>
}

/** @param text for nginx what stands in its http block. @param url where it answers, whatever it answers. */
export async function startProxy(kind: ProxyKind, text: string, url: string): Promise<RunningProxy> {
  have([kind], () => runs(kind, kind === 'nginx' ? '-v' : 'version'))
  const folder = mkdtempSync(join(tmpdir(), 'gatelodge-proxy-'))
  const child = kind === 'nginx' ? startNginx(folder, text) : startCaddy(folder, text)
  await untilItListens(url, child)
  return {
    pid: child.pid ?? 0,
    folder,
    async stop() {
      const ended = once(child, 'exit')
      child.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function startCaddy(folder: string, text: string): ChildProcess {
  const file = join(folder, 'Caddyfile')
  writeFileSync(file, text)
  const env = { ...process.env, HOME: folder }
  return spawn('caddy', ['run', '--config', file, '--adapter', 'caddyfile'], { stdio: 'ignore', env })
}

const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']

function startNginx(folder: string, text: string): ChildProcess {
  const asRoot = process.getuid?.() === 0 ? 'user root;' : ''
  const paths = temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')
  const main = `${asRoot} daemon off; pid ${folder}/pid; error_log ${folder}/log; events {} http { access_log off; ${paths} ${text} }`
  writeFileSync(join(folder, 'nginx.conf'), main)
  return spawn('nginx', ['-e', `${folder}/log`, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' })
}

async function untilItListens(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(url, { redirect: 'manual' }).catch(() => undefined)
    if (answer) return
    await pause(50)
  }
  throw new Error(`the proxy ended with ${child.exitCode}`)
}
