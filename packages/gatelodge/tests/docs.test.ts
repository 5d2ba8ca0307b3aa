// The documentation is true: what it links to and names is there. What its commands print is shown in
// exhaustive/documentation/commands.test.ts.
import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { environmentName, settingNames } from '../src/config/schema.ts'
import { sources } from './support/documents.ts'
import { blocksOf, type Doc, docs, found, root } from './support/pages-of-docs.ts'

const product = join(root, 'packages/gatelodge')

/** Everything outside fenced blocks: there a path or a link is meant for the reader. */
const prose = ({ text }: Doc) => text.replace(/^```.*?^```$/gms, '')

/** Of all pages, each with its page in front. */
const everywhere = (of: (doc: Doc) => string[]) => docs.flatMap((doc) => of(doc).map((one) => `${doc.name}: ${one}`))

describe('The documentation', () => {
  it('links to what is there', () => {
    const broken = (doc: Doc) =>
      found(prose(doc).replace(/`[^`\n]*`/g, ''), /(?:\]\(|src="|srcset="|href=")([^)"\s]+)/g)
        .filter((to) => !/^[a-z]+:/.test(to))
        .filter((to) => !leadsSomewhere(to, doc))
    expect(everywhere(broken)).toEqual([])
  })

  it('names files that are there', () => {
    // The recipe for a capability has its reader make these, and exhaustive/documentation/add-a-capability.test.ts follows it.
    const isMadeByReader = (path: string) => path.startsWith('src/capabilities/newsletter/')
    const missing = (doc: Doc) =>
      found(prose(doc), /`((?:packages|src|tests|docs|scripts|bench|examples)\/[^`\s…*]+)`/g).filter(
        (path) => !isMadeByReader(path) && !existsSync(join(root, path)) && !existsSync(join(product, path)),
      )
    expect(everywhere(missing)).toEqual([])
  })

  it('is there where a comment in the code names a page of it', () => {
    const named = sources.flatMap(({ name, text }) =>
      found(text, /\b(docs\/[\w/.-]+\.md)\b/g).map((page) => [name, page] as const),
    )
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter(([, page]) => !existsSync(join(root, page)))).toEqual([])
  })

  it('names functions of the files that it shows them in', () => {
    expect(everywhere((doc) => prose(doc).split('\n').flatMap(missingFunctions(doc)))).toEqual([])
  })

  it('names settings that exist', () => {
    const known = settingNames.flatMap((name) => [environmentName(name), `${environmentName(name)}_FILE`])
    const unknown = ({ text }: Doc) =>
      found(text, /\b(GATELODGE_[A-Z_]*[A-Z])\b/g).filter((name) => !known.includes(name))
    expect(everywhere(unknown)).toEqual([])
  })

  it('shows what each block of commands prints, on the pages for students', () => {
    const pages = docs.filter(({ name }) => name.startsWith('docs/how-it-works/'))
    const silent = pages.filter((doc) => blocksOf(doc).length !== found(doc.text, /^(```sh)$/gm).length)
    expect(silent.map(({ name }) => name)).toEqual([])
  })
})

function leadsSomewhere(to: string, { name, folder }: Doc): boolean {
  const [path = '', heading] = to.split('#')
  const file = path === '' ? join(root, name) : join(folder, path)
  if (!existsSync(file)) return false
  return heading === undefined || headings(readFileSync(file, 'utf8')).includes(heading)
}

/** As GitHub names them. */
function headings(text: string): string[] {
  const lines = found(text, /^#+ (.+)$/gm)
  return lines.map((line) =>
    line
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

/** A row of a table that links to a source file names functions of it: `file` | `name()`. */
function missingFunctions({ folder }: Doc) {
  return (row: string): string[] => {
    const links = row.startsWith('|') ? found(row, /\]\(([^)]+\.tsx?)\)/g) : []
    const files = links.map((file) => join(folder, file))
    const source = files.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')).join('\n')
    const functions = files.length > 0 ? found(row, /`(\w+)\(\)`/g) : []
    return functions
      .filter((name) => !new RegExp(`\\b${name}\\b`).test(source))
      .map((name) => `${name}() in ${relative(root, files[0] ?? '')}`)
  }
}
