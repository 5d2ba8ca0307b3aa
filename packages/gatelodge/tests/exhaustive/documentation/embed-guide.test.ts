// What the guide for apps in Node shows runs, each block as it stands there.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { minutes } from '../../../src/time.ts'
import { document } from '../../support/documents.ts'

const root = fileURLToPath(new URL('../../../../../', import.meta.url))
const run = promisify(execFile)
const guide = document('docs/integrating/embed.md')
const blocksOf = (kind: string) => {
  const pattern = new RegExp(`^\`\`\`${kind}\n(.*?)^\`\`\`$`, 'gms')
  return [...guide.matchAll(pattern)].map((match) => match[1] ?? '')
}
const blocks = blocksOf('js')

/** Each block in a scope of its own, with what the page has said before it around it, and an end. */
const isImport = (line: string) => line.startsWith('import ')
const imports = new Set([
  "import { createGatelodge } from 'gatelodge'",
  ...blocks.flatMap((block) => block.split('\n').filter(isImport)),
])
const scopes = blocks.map((block, index) => {
  const lines = block.split('\n').filter((line) => !isImport(line))
  const opens = block.includes('createGatelodge({') ? [] : ['const gatelodge = await createGatelodge()']
  return ['{', ...opens, ...lines, 'await gatelodge.close()', `console.log('block ${index + 1}')`, '}'].join('\n')
})
const program = [...imports, "const request = new Request('http://localhost:3000/')", ...scopes].join('\n')

describe('The guide for apps in Node', () => {
  it('shows code that runs', async () => {
    expect(blocks.length).toBeGreaterThan(4)
    const env = {
      PATH: process.env.PATH,
      GATELODGE_DATA_DIR: mkdtempSync(join(tmpdir(), 'gatelodge-guide-')),
      GATELODGE_LOG_LEVEL: 'silent',
    }
    const child = spawn(process.execPath, ['--input-type=module'], { cwd: import.meta.dirname, env })
    const said = Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
    child.stdin.end(program)
    const [out, errors] = await said
    expect([errors, out]).toEqual(['', blocks.map((_, index) => `block ${index + 1}\n`).join('')])
  })

  // On a busy machine npm alone takes minutes.
  it('installs what is packed from a clone, and a CommonJS app runs with it', { timeout: minutes(10) }, async () => {
    const [pack = ''] = blocksOf('sh pack')
    const folder = mkdtempSync(join(tmpdir(), 'gatelodge-pack-'))
    const app = join(folder, 'app')
    mkdirSync(app)
    writeFileSync(join(app, 'package.json'), '{ "private": true }')
    // With all that npm needs to reach its registry, and nothing of the suite's own.
    const { NODE_ENV: _, ...inherited } = process.env
    const PATH = `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}`
    const env = { ...inherited, PATH, GATELODGE_DATA_DIR: join(folder, 'data'), GATELODGE_LOG_LEVEL: 'silent' }
    const script = pack.replaceAll('/tmp', '"$FOLDER"').replaceAll('/path/to/your/app', '"$FOLDER/app"')
    await run('bash', ['-e', '-c', script], { cwd: root, env: { ...env, FOLDER: folder } })
    const [program = ''] = blocksOf('js cjs')
    writeFileSync(join(app, 'main.cjs'), `${program.trimEnd()}.then(() => console.log('closed'))\n`)
    const { stdout } = await run('node', ['main.cjs'], { cwd: app, env })
    expect(stdout).toBe('closed\n')
  })
})
