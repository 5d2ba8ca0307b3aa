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

/** Around a block: what the page has said before it, and an end. */
function programOf(block: string): string {
  const opens = block.includes('createGatelodge({') ? '' : 'const gatelodge = await createGatelodge()\n'
  const imports = block.includes('import {') ? '' : "import { createGatelodge } from 'gatelodge'\n"
  const request = "const request = new Request('http://localhost:3000/')\n"
  return `${imports}${request}${opens}${block}\nawait gatelodge.close()\nconsole.log('done')\n`
}

describe('The guide for apps in Node', () => {
  it('shows code', () => expect(blocks.length).toBeGreaterThan(2))

  it.each(blocks.map((block, index) => ({ block, number: index + 1 })))('runs, block $number', async ({ block }) => {
    const env = {
      PATH: process.env.PATH,
      GATELODGE_DATA_DIR: mkdtempSync(join(tmpdir(), 'gatelodge-guide-')),
      GATELODGE_LOG_LEVEL: 'silent',
    }
    const child = spawn(process.execPath, ['--input-type=module'], { cwd: import.meta.dirname, env })
    const said = Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
    child.stdin.end(programOf(block))
    const [out, errors] = await said
    expect([errors, out]).toEqual(['', 'done\n'])
  })
})
