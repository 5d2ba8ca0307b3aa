// What people have typed cannot do anything to the terminal that a command prints it to.
import { expect, it, vi } from 'vitest'
import { printJson, table } from './output.ts'
import { guardTerminal } from './terminal.ts'

const unsafe: Record<string, string> = {
  'the window title': '\u001b]0;owned\u0007',
  'a clear screen': '\u001b[2J\u001b[H',
  'an escape of one byte (C1)': '\u009b2J',
  'a line of its own': 'Ada\nroot@example.org  active',
  'the line before': 'Ada\rroot',
  'a link': '\u001b]8;;https://evil.example\u001b\\\\here\u001b]8;;\u001b\\\\',
  'a deleted character': 'Ada\u0008\u007f',
  'the other direction': 'Ada \u202egro.elpmaxe@live\u202c',
  'an isolated direction': '\u2066Ada\u2069 \u200f\u200e\u061c',
  'a line separator': 'Ada\u2028root\u2029',
  'a null': 'Ada\u0000',
}
const obeyed = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

it.each(Object.entries(unsafe))('V16.4.1 a table writes %s so that a terminal shows it', (_, text) => {
  const lines = table([['NAME'], [text]]).split('\n')
  expect(lines).toHaveLength(2)
  expect(lines.join('')).not.toMatch(obeyed)
})

it.each(Object.entries(unsafe))(
  'V16.4.1 JSON writes %s so that a terminal shows it, and a program reads it',
  (_, text) => {
    const print = vi.spyOn(console, 'log').mockImplementation(() => {})
    printJson({ name: text, [text]: [text] })
    const [printed] = print.mock.calls[0] as [string]
    print.mockRestore()
    expect(printed.replaceAll('\n', '')).not.toMatch(obeyed)
    expect(JSON.parse(printed)).toEqual({ name: text, [text]: [text] })
  },
)

it.each(Object.entries(unsafe))('V16.4.1 whatever says it, %s is written so that a terminal shows it', (_, text) => {
  const ways = ['log', 'error', 'warn'] as const
  const said = ways.map((way) => vi.spyOn(console, way).mockImplementation(() => {}))
  const spies = ways.map((way) => console[way])
  guardTerminal()
  for (const way of ways) console[way](`The first line of ours\tnames ${text}.\nAnd a second.`)
  for (const [at, way] of ways.entries()) Object.assign(console, { [way]: spies[at] })
  const printed = said.map(({ mock }) => mock.calls[0]?.[0] as string)
  for (const one of said) one.mockRestore()
  for (const one of printed) {
    expect(one).toMatch(/^The first line of ours\tnames .*\.\nAnd a second\.$/s)
    expect(one.replaceAll(/[\n\t]/g, '')).not.toMatch(obeyed)
  }
})
