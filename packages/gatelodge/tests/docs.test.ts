// The documentation is true: what it links to and names is there, and a block of commands prints what it says it prints.
import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { environmentName, settingNames } from '../src/config/schema.ts'
import { sources } from './support/documents.ts'
import { freePort } from './support/mysql-server.ts'
import { untilAnswers } from './support/until-answers.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const product = join(root, 'packages/gatelodge')

interface Doc {
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
const docs: Doc[] = names
  .sort()
  .map((name) => ({ name, folder: dirname(join(root, name)), text: readFileSync(join(root, name), 'utf8') }))

/** Everything outside fenced blocks: there a path or a link is meant for the reader. */
const prose = ({ text }: Doc) => text.replace(/^```.*?^```$/gms, '')

const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')

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
    // The recipe for a capability has its reader make these, and add-a-capability.test.ts follows it.
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

/** Blocks of commands with what they print, in the order of their page. */
const blocksOf = ({ text }: Doc) => found(text, /^```sh\n(.*?)^```$/gms).filter((block) => /^# prints: /m.test(block))

describe('A block of commands', () => {
  const dataDir = join(mkdtempSync(join(tmpdir(), 'gatelodge-docs-')), 'data')
  let port: number
  let stop: () => void

  beforeAll(async () => {
    port = await freePort()
    // All pages at once ask for more emails than a reader does.
    const emails = { GATELODGE_EMAILS_PER_CLIENT: '1000' }
    const env = { PATH: process.env.PATH, PORT: String(port), GATELODGE_DATA_DIR: dataDir, ...emails }
    const child = spawn(process.execPath, [join(product, 'dist/cli/main.js'), 'serve'], { env, stdio: 'ignore' })
    stop = () => child.kill('SIGKILL')
    await untilAnswers(`http://localhost:${port}/health/ready`)
  })
  afterAll(() => stop())

  it.each(docs.filter((doc) => blocksOf(doc).length > 0))('of $name prints what it says', async (doc) => {
    const here = (text: string) =>
      text
        .replaceAll('localhost:3000', `localhost:${port}`)
        .replaceAll(/\bdata\/(?=gatelodge|mailbox-key)/g, `${dataDir}/`)
        // Beside 3000 the port stands in the names of the cookies.
        .replaceAll(/"(gatelodge(?:-visitor|-device|-mailbox)?)(?=["=])/g, `"$1-${port}`)
    const blocks = blocksOf(doc).map(here)
    expect(await printed(blocks)).toEqual(blocks.map((block) => found(block, /^# prints: (.*)$/gm).map(expected)))
  })

  /** All blocks of a page in one shell, as a reader pastes them one after another. */
  async function printed(blocks: string[]): Promise<string[][]> {
    const mark = '--- the next block ---'
    const PATH = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter)
    const env = { ...process.env, PATH, GATELODGE_DATA_DIR: dataDir }
    // A grep that finds nothing may well be the last word.
    const script = `${blocks.join(`\necho '${mark}'\n`)}\ntrue`
    const { stdout } = await promisify(execFile)('bash', ['-u', '-c', script], { cwd: root, env })
    return stdout.split(`${mark}\n`).map((text) => text.split('\n').filter((line) => line !== ''))
  }
})

/** `...` stands for what differs each time. */
function expected(line: string): unknown {
  if (!line.includes('...')) return line
  const parts = line.split('...').map((part) => part.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'))
  return expect.stringMatching(new RegExp(`^${parts.join('.+')}$`))
}
