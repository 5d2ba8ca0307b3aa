// A block of commands in the documentation prints what the page says it prints.
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../../support/mysql-server.ts'
import { blocksOf, docs, found, root } from '../../support/pages-of-docs.ts'
import { untilAnswers } from '../../support/until-answers.ts'

const product = join(root, 'packages/gatelodge')

describe('A block of commands', () => {
  const dataDir = join(mkdtempSync(join(tmpdir(), 'gatelodge-docs-')), 'data')
  let port: number
  let stop: () => void

  beforeAll(async () => {
    port = await freePort()
    // All pages at once ask for more emails than a reader does.
    const emails = { GATELODGE_EMAILS_PER_CLIENT: '1000' }
    const env = { PATH: process.env.PATH, PORT: String(port), GATELODGE_DATA_DIR: dataDir, ...emails }
    const child = spawn(process.execPath, [join(product, 'dist/cli/main.js'), 'serve'], { env, stdio: 'ignore' })
    stop = () => child.kill('SIGKILL')
    await untilAnswers(`http://localhost:${port}/health/ready`)
  })
  afterAll(() => stop())

  it.each(docs.filter((doc) => blocksOf(doc).length > 0))('of $name prints what it says', async (doc) => {
    const here = (text: string) =>
      text
        .replaceAll('localhost:3000', `localhost:${port}`)
        .replaceAll(/\bdata\/(?=gatelodge|mailbox-key)/g, `${dataDir}/`)
        // Beside 3000 the port stands in the names of the cookies.
        .replaceAll(/"(gatelodge(?:-visitor|-device|-mailbox)?)(?=["=])/g, `"$1-${port}`)
    const blocks = blocksOf(doc).map(here)
    expect(await printed(blocks)).toEqual(blocks.map((block) => found(block, /^# prints: (.*)$/gm).map(expected)))
  })

  /** All blocks of a page in one shell, as a reader pastes them one after another. */
  async function printed(blocks: string[]): Promise<string[][]> {
    const mark = '--- the next block ---'
    const PATH = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter)
    const env = { ...process.env, PATH, GATELODGE_DATA_DIR: dataDir }
    // A grep that finds nothing may well be the last word.
    const script = `${blocks.join(`\necho '${mark}'\n`)}\ntrue`
    const { stdout } = await promisify(execFile)('bash', ['-u', '-c', script], { cwd: root, env })
    return stdout.split(`${mark}\n`).map((text) => text.split('\n').filter((line) => line !== ''))
  }
})

/** `...` stands for what differs each time. */
function expected(line: string): unknown {
  if (!line.includes('...')) return line
  const parts = line.split('...').map((part) => part.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'))
  return expect.stringMatching(new RegExp(`^${parts.join('.+')}$`))
}
