// Documents that are compared with the code: their tables, and the sources that they speak of.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const source = fileURLToPath(new URL('../../src/', import.meta.url))

/** A file of the repository. */
export function document(path: string): string {
  return readFileSync(root + path, 'utf8')
}

/** The rows of the first table below a heading, each by the words of the table's head. */
export function table(path: string, heading: string): Record<string, string>[] {
  const section = document(path).split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  return rowsOf(section, `${path}: ${heading}`)
}

/** The first table of a page, before any heading. */
export function onlyTable(path: string): Record<string, string>[] {
  return rowsOf(document(path), path)
}

function rowsOf(text: string, where: string): Record<string, string>[] {
  const lines = text.split('\n')
  const first = lines.findIndex((line) => line.startsWith('|'))
  const [head = '', , ...rows] = lines.slice(first, firstAfter(lines, first))
  if (rows.length === 0) throw new Error(`there is no table in ${where}`)
  const names = cellsOf(head)
  return rows.map((row) => Object.fromEntries(cellsOf(row).map((cell, index) => [names[index] ?? '', cell])))
}

function firstAfter(lines: string[], first: number): number {
  const after = lines.findIndex((line, index) => index > first && !line.startsWith('|'))
  return after < 0 ? lines.length : after
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
}

/** What stands between backticks. */
export function codes(cell: string | undefined): string[] {
  return [...(cell ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '')
}

export interface Source {
  /** From the package, such as `src/app.ts`. */
  name: string
  text: string
  /** Without comments. */
  code: string
}

/** What runs on the server: no tests, no scripts for browsers. */
export const sources: Source[] = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !name.startsWith('web/scripts/'))
  .sort()
  .map((name) => {
    const text = readFileSync(source + name, 'utf8')
    return { name: `src/${name}`, text, code: text.replace(/^\s*(\/\/|\/\*\*|\*).*$/gm, '') }
  })

/** The files in whose code something stands. */
export function filesWith(pattern: RegExp): string[] {
  return sources.filter(({ code }) => pattern.test(code)).map(({ name }) => name)
}
