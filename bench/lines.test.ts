// What the guide promises of the lines that somebody has to write.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { linesOfWays } from './lines.ts'

const guide = readFileSync(new URL('../docs/integrating/README.md', import.meta.url), 'utf8')

it.each(linesOfWays())('the guide tells the lines of the example for $name, at most five inside an app', (way) => {
  const row = guide.split('\n').find((line) => line.includes(`../../examples/${way.file})`))
  expect(row?.split('|').at(-3)?.trim()).toBe(String(way.lines))
  if (way.file.endsWith('.js')) expect(way.lines).toBeLessThanOrEqual(5)
})
