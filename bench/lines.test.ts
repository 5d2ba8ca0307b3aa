// What the guide promises of the lines that someone has to write.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { linesOfWays } from './lines.ts'

const guide = readFileSync(new URL('../docs/integrating/README.md', import.meta.url), 'utf8')

it.each(linesOfWays())(
  'the guide tells the lines of the example for $name, at most five in the file of an app',
  (way) => {
    const row = guide.split('\n').find((line) => line.includes(`../../examples/${way.files[0]})`))
    expect(row?.split('|').at(-3)?.trim()).toBe(String(way.lines))
    if (way.files[0]?.endsWith('server.js')) expect(way.lines).toBeLessThanOrEqual(5)
  },
)
