// What the tools of systemd say of the service, the user and the folder; and that the product needs nothing which the service
// forbids: no other system call, nothing of /proc that it hides, no place to write to but the data.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { have, runs } from '../../support/debian.ts'
import { document } from '../../support/documents.ts'
import { freePort } from '../../support/mysql-server.ts'
import { root } from '../../support/pages-of-docs.ts'
import { directive, directives, environmentOfUnit } from '../../support/unit.ts'
import { untilAnswers } from '../../support/until-answers.ts'
import { overTheWire } from '../../support/upstream-site.ts'
import { Visitor } from '../../support/visitor.ts'

const packaging = join(root, 'packaging/systemd')
const newFolder = () => mkdtempSync(join(tmpdir(), 'gatelodge-systemd-'))

beforeAll(() => {
  have(['systemd'], () => runs('systemd-analyze', '--version') && runs('systemd-sysusers', '--version'))
  have(['strace'], () => runs('strace', '--version'))
})

/** The service as it would stand on this machine: the clone is where these tests are. */
function unitHere(): string {
  const file = join(newFolder(), 'gatelodge.service')
  const text = document('packaging/systemd/gatelodge.service')
  writeFileSync(file, text.replaceAll(/\/opt\/gatelodge(?=[/\s])/g, root.replace(/\/$/, '')))
  return file
}

describe('The service', () => {
  it('has no fault that systemd finds', () => {
    const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', unitHere()], { encoding: 'utf8' })
    expect([status, stdout, stderr]).toEqual([0, '', ''])
  })

  it('V15.2.5 is as little exposed as its page says', () => {
    const [, named] = /rates its\nexposure at ([\d.]+) of 10/.exec(document('docs/running/systemd.md')) ?? []
    const words = ['security', '--offline=true', '--no-pager', unitHere()]
    const printed = execFileSync('systemd-analyze', words, { encoding: 'utf8' })
    const [, exposure] = /Overall exposure level for gatelodge\.service: ([\d.]+) /.exec(printed) ?? []
    expect(Number(exposure)).toBeGreaterThan(0)
    expect(Number(exposure)).toBeLessThanOrEqual(Number(named))
  })

  it('gets its user and the folder of its settings', () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'etc'))
    execFileSync('systemd-sysusers', [`--root=${folder}`, join(packaging, 'gatelodge.sysusers')])
    const users = readFileSync(join(folder, 'etc/passwd'), 'utf8')
    expect(users).toMatch(/^gatelodge:x:\d+:\d+:Gatelodge:\/var\/lib\/gatelodge:\/usr\/sbin\/nologin$/m)
    execFileSync('systemd-tmpfiles', [`--root=${folder}`, '--create', join(packaging, 'gatelodge.tmpfiles')])
    const { uid, mode } = statSync(join(folder, 'etc/gatelodge'))
    expect([uid, (mode & 0o777).toString(8)]).toEqual([0, '700'])
  })
})

/** All system calls of a set, `@system-service` for one, with the sets in it. */
function callsOf(set: string): string[] {
  const lines = execFileSync('systemd-analyze', ['syscall-filter', '--no-pager', set], { encoding: 'utf8' }).split('\n')
  const names = lines.flatMap((line) => /^ {4}(@?[\w-]+)$/.exec(line)?.[1] ?? [])
  return names.flatMap((name) => (name.startsWith('@') ? callsOf(name) : [name]))
}

function allowedCalls(): Set<string> {
  const allowed = new Set<string>()
  for (const filter of directives('SystemCallFilter')) {
    const isTaken = filter.startsWith('~')
    for (const call of callsOf(filter.replace('~', ''))) isTaken ? allowed.delete(call) : allowed.add(call)
  }
  return allowed
}

describe('The product', () => {
  it('V15.2.5 runs with the system calls, the /proc and the disk that the service allows', async () => {
    const folder = newFolder()
    layClone(folder)
    const trace = join(folder, 'calls')
    const port = String(await freePort())
    const baseUrl = `http://localhost:${port}`
    const own = { GATELODGE_DATA_DIR: '/mnt/data', GATELODGE_BASE_URL: baseUrl, PORT: port }
    const command = directive('ExecStart').replace(directive('WorkingDirectory'), '/mnt/clone')
    const asUser = 'setpriv --reuid 1000 --regid 1000 --clear-groups --no-new-privs'
    const script = [
      // There user 1000 reaches it, no matter who owns the folders above.
      `mount --bind ${folder} /mnt`,
      'mount --bind /mnt/clone /mnt/clone && mount -o remount,bind,ro /mnt/clone',
      'mount -o remount,bind,ro /',
      `mount -t proc -o subset=${directive('ProcSubset')},hidepid=${directive('ProtectProc')} none /proc`,
      'cd /mnt/clone',
      `exec strace -f -qq -e signal=none -o /mnt/calls ${asUser} ${command}`,
    ].join(' && ')
    const child = spawn('unshare', ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', script], {
      env: { PATH: process.env.PATH, ...environmentOfUnit, ...own },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      await untilAnswers(`${baseUrl}/health/ready`)
      const visitor = new Visitor(overTheWire, baseUrl)
      await visitor.register()
      expect((await visitor.open('/account')).status).toBe(200)
      await visitor.logOut()
      const ended = once(child, 'exit')
      process.kill(childOf(childOf(child.pid ?? 0)), 'SIGTERM')
      expect(await ended).toEqual([0, null])
    } finally {
      child.kill('SIGKILL')
    }
    const made = callsIn(readFileSync(trace, 'utf8'))
    const allowed = allowedCalls()
    expect(made.size).toBeGreaterThan(40)
    expect([...made].filter((call) => !allowed.has(call))).toEqual([])
  })
})

/** What a run needs of a clone, and a folder for the data of user 1000. */
function layClone(folder: string): void {
  const clone = join(folder, 'clone')
  chmodSync(folder, 0o755)
  for (const name of ['dist', 'assets', 'lists', 'package.json'])
    cpSync(join(root, 'packages/gatelodge', name), join(clone, 'packages/gatelodge', name), { recursive: true })
  cpSync(join(root, 'node_modules/@node-rs'), join(clone, 'node_modules/@node-rs'), { recursive: true })
  cpSync(process.execPath, join(clone, 'node_modules/.bin/node'))
  mkdirSync(join(folder, 'data'))
  chownSync(join(folder, 'data'), 1000, 1000)
}

const childOf = (pid: number) => Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim())

/** From the moment on at which Node begins: before it, root's rights were given up. */
function callsIn(trace: string): Set<string> {
  const ofNode = trace.slice(trace.lastIndexOf('execve('))
  return new Set([...ofNode.matchAll(/^\d+ +(\w+)\(/gm)].map(([, call = '']) => call))
}
