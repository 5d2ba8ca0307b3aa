// The pages of documentation: each with its name, its folder and its text.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../../../', import.meta.url))

export interface Doc {
  /** From the root of the repository. */
  name: string
  folder: string
  text: string
}

const names = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`),
]
export const docs: Doc[] = names
  .sort()
  .map((name) => ({ name, folder: dirname(join(root, name)), text: readFileSync(join(root, name), 'utf8') }))

export const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')

/** Blocks of commands with what they print, in the order of their page. */
export const blocksOf = ({ text }: Doc) =>
  found(text, /^```sh\n(.*?)^```$/gms).filter((block) => /^# prints: /m.test(block))
