// Programs that a test needs: the machine's own, or installed where they are missing (Debian, root), or asked for.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether it can be run: `runs('nginx', '-v')`. */
export const runs = (...[program = '', ...words]: string[]) =>
  spawnSync(program, words, { stdio: 'ignore' }).status === 0

/** @throws {Error} where they cannot be had: a sentence that says what to do. */
export function have(packages: string[], isThere: () => boolean): void {
  if (isThere()) return
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    console.error(`Installing ${packages.join(' ')} for the tests (once) ...`)
    // RUNLEVEL=1: no service of theirs is started. One at a time: test files run side by side, and apt-get waits for nobody.
    const env = { ...process.env, RUNLEVEL: '1', DEBIAN_FRONTEND: 'noninteractive' }
    const alone = (...words: string[]) =>
      execFileSync('flock', [join(tmpdir(), 'gatelodge-apt-lock'), 'apt-get', '-qq', ...words], {
        stdio: 'ignore',
        env,
      })
    alone('update')
    alone('-y', '--no-install-recommends', 'install', ...packages)
  }
  if (!isThere()) throw new Error(`The tests need ${packages.join(' and ')}: install the Debian packages of that name`)
}
