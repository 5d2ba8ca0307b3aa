// Flask for the example: the machine's own, or installed where there is none (Debian, root), or asked for.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** @throws {Error} where it cannot be had: a sentence that says what to do. */
export function haveFlask(): void {
  if (isThere()) return
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    execFileSync('apt-get', ['-qq', 'update'], { stdio: 'ignore', env })
    const words = ['-qq', '-y', '--no-install-recommends', 'install', 'python3-flask']
    execFileSync('apt-get', words, { stdio: 'ignore', env })
  }
  if (!isThere()) throw new Error('The example needs Flask: install python3-flask, or run: pip install flask')
}

function isThere(): boolean {
  return spawnSync('python3', ['-c', 'import flask'], { stdio: 'ignore' }).status === 0
}
