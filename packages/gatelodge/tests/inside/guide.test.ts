// What the guide for apps in Node shows runs, each block as it stands there.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { document } from '../support/documents.ts'

const blocks = [...document('docs/integrating/inside.md').matchAll(/^```js\n(.*?)^```$/gms)].map(
  (match) => match[1] ?? '',
)

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
})
