// What an editor shows of each name that an app uses: nothing is without a comment, and none can go stale.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { formOf, sections, settingNames } from '../../src/config/schema.ts'
import { sources } from '../support/documents.ts'

const script = fileURLToPath(new URL('../../../../scripts/configuration-docs.ts', import.meta.url))
const source = (name: string) => sources.find((one) => one.name.endsWith(name))?.text ?? ''

/** The files whose types index.ts hands on. */
const files = [...source('src/index.ts').matchAll(/export type \{[^}]+\} from '\.\/([^']+)'/g)]
  .map((match) => match[1] ?? '')
  .filter((name) => !name.startsWith('text/') && !name.startsWith('config/'))

/** Interfaces that are handed on, and their members, that have no comment above them. */
function bareNames(text: string): string[] {
  const lines = text.split('\n')
  const isPublic = (at: number) => {
    const opening = lines.slice(0, at + 1).findLast((line) => /^\S/.test(line) && !line.startsWith('}')) ?? ''
    return /^export (?:interface|type) \w+/.test(opening)
  }
  return lines.flatMap((line, at) => {
    const isName = /^export interface \w|^ {2,4}(?:readonly )?\w+\??(?:\(|: )|^ {2}\(request/.test(line)
    if (!isName || !isPublic(at)) return []
    const isCommented = lines[at - 1]?.trimEnd().endsWith('*/')
    return isCommented ? [] : [line.trim()]
  })
}

describe('The hover text', () => {
  it('is there for every setting, method, hook and value', () => {
    expect(files.length).toBeGreaterThan(6)
    expect(files.flatMap((name) => bareNames(source(`src/${name}`)).map((line) => `${name}: ${line}`))).toEqual([])
    expect(bareNames('export interface A {\n  a: string\n}')).toEqual(['export interface A {', 'a: string'])
  })

  it('of settings is written from the schema, with units and defaults', () => {
    execFileSync(process.execPath, [script, '--check'])
    const text = Object.keys(sections)
      .map((section) => source(`src/config/options/${section}.ts`))
      .join('')
    const parts = Object.fromEntries(
      [...text.matchAll(/ {2}\/\*\*\n([\s\S]*?)\*\/\n {2}(\w+)\?:/g)].map((match) => [match[2], match[1] ?? '']),
    )
    expect(Object.keys(parts)).toEqual(settingNames)
    for (const name of settingNames) {
      const { unit } = formOf(name)
      if (unit) expect([name, parts[name]]).toEqual([name, expect.stringContaining(`a number means ${unit}`)])
      expect(parts[name]).toMatch(/@example \S/)
    }
    expect(parts.sessionIdle).toContain('@default 12h')
    expect(parts.bodyLimit).toContain('@default 64KiB')
  })
})
