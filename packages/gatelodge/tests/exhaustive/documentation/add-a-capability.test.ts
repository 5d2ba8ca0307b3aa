// The recipe "Add a capability" of CONTRIBUTING.md, followed word for word in a copy: what it adds compiles, is found by every
// test that compares documents with the code, works by HTTP, and is gone with its folder.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { minutes } from '../../../src/time.ts'

const root = fileURLToPath(new URL('../../../../../', import.meta.url))
const copy = mkdtempSync(join(tmpdir(), 'gatelodge-recipe-'))
const product = join(copy, 'packages/gatelodge')

interface Block {
  file: string
  /** Of the table that rows go to. */
  heading: string | undefined
  /** Of the list of a test that rows go to. */
  list: string | undefined
  text: string
}

/** What the recipe shows, in its order: each block goes to the file that was named last before it. */
function blocks(): Block[] {
  const recipe =
    readFileSync(`${root}CONTRIBUTING.md`, 'utf8').split('### Add a capability\n')[1]?.split('\n### ')[0] ?? ''
  const found = [...recipe.matchAll(/((?:(?!```).)*?)```(?:tsx?|json|md)\n(.*?)```/gs)]
  return found.map(([, before = '', code = '']) => {
    const said = before.split(/\n(?:\d+\. |\s*\n)/).findLast((part) => /`(src|docs|tests)\//.test(part)) ?? ''
    const indent = /^ */.exec(code)?.[0] ?? ''
    return {
      file: /`((?:src|docs|tests)\/[^`]+)`/.exec(said)?.[1] ?? '',
      heading: /below "([^"]+)"/.exec(said)?.[1],
      list: /^ *In `tests\/[^`]+`, in `(\w+)`/m.exec(said)?.[1],
      text: code.replaceAll(new RegExp(`^${indent}`, 'gm'), '').trimEnd(),
    }
  })
}

const added = blocks()

/** Each starts a compiler or a test run, and a busy machine takes its time. */
const timeout = minutes(10)

beforeAll(() => {
  const isOurs = (path: string) => !/[\\/](node_modules|\.git|dist)$/.test(path)
  for (const name of ['packages', 'docs', 'scripts', 'attack', 'bench', 'examples', 'habits'])
    cpSync(root + name, join(copy, name), { recursive: true, filter: isOurs })
  const files = ['package.json', 'tsconfig.json', 'tsconfig.base.json', 'vitest.config.ts', 'biome.json', '.gitignore']
  for (const name of [...files, 'CONTRIBUTING.md']) cpSync(root + name, join(copy, name))
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
  for (const block of added) add(block)
  run('scripts/text.ts')
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

function add({ file, heading, list, text }: Block): void {
  const path = join(file.startsWith('docs/') ? copy : product, file)
  mkdirSync(dirname(path), { recursive: true })
  if (file.startsWith('docs/')) change(path, (page) => withRows(page, heading, text))
  else if (list) change(path, (now) => withEntry(now, list, text))
  else if (file.endsWith('.json')) change(path, (now) => JSON.stringify(merged(JSON.parse(now), JSON.parse(text))))
  else if (file === 'src/app.ts') change(path, (now) => withLine(now, text))
  else writeFileSync(path, `${text}\n`)
}

function change(path: string, to: (now: string) => string): void {
  writeFileSync(path, to(readFileSync(path, 'utf8')))
}

/** In the list, with the import that an editor adds by itself. */
function withLine(app: string, line: string): string {
  const name = line.replace(',', '')
  const end = '\n]\n\n/** What programs can ask for. */'
  expect(app).toContain(end)
  return `import { ${name} } from './capabilities/${name}/capability.ts'\n${app.replace(end, `\n  ${line}${end}`)}`
}

/** As the first of a list. */
function withEntry(now: string, list: string, entry: string): string {
  const head = new RegExp(`^(?:export )?const ${list}\\b.*[{[]\n`, 'm').exec(now)?.[0] ?? ''
  expect(head, list).not.toBe('')
  return now.replace(head, () => `${head}${entry}\n`)
}

/** Behind the last row of the first table, or of the first one below a heading. */
function withRows(page: string, heading: string | undefined, rows: string): string {
  const from = heading === undefined ? 0 : page.search(new RegExp(`^#+ ${heading}$`, 'm'))
  expect(from, heading).toBeGreaterThanOrEqual(0)
  const table = /(?:^\|.*\n)+/m.exec(page.slice(from))
  const end = from + (table?.index ?? 0) + (table?.[0].length ?? 0)
  return `${page.slice(0, end)}${rows}\n${page.slice(end)}`
}

type Branch = { [key: string]: string | Branch }

function merged(one: Branch, more: Branch): Branch {
  const all = { ...one }
  for (const [key, value] of Object.entries(more)) {
    const known = all[key]
    all[key] = typeof known === 'object' && typeof value === 'object' ? merged(known, value) : value
  }
  return all
}

/** @throws where it fails, with what it printed. */
function run(...words: string[]): string {
  const env = { ...process.env, TEST_MYSQL_URL: inject('mysqlUrl'), NODE_OPTIONS: '' }
  try {
    return stripVTControlCharacters(
      execFileSync(process.execPath, words, { cwd: copy, env, encoding: 'utf8', stdio: 'pipe' }),
    )
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    throw new Error(`${words.join(' ')}\n${stdout}${stderr}`)
  }
}

const compile = () => run('node_modules/typescript/bin/tsc', '-p', '.')
const test = (...files: string[]) =>
  run('node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--project', 'product', ...files)

it('The recipe adds a folder, a line in app.ts, words, and rows in documents and tests; nothing else', () => {
  const places = new Set(added.map(({ file }) => file.replace(/(src\/capabilities\/[\w-]+\/).+/, '$1')))
  expect([...places]).toEqual([
    'src/capabilities/newsletter/',
    'src/app.ts',
    'src/text/en.json',
    'docs/security/inputs.md',
    'docs/security/ways-in.md',
    'tests/support/states/changes.ts',
    'tests/support/states/routes.ts',
    'tests/flows.test.ts',
    'tests/ended-in-a-form.test.ts',
    'tests/forms-on-detours.test.ts',
  ])
})

it('What it adds compiles', { timeout }, () => {
  expect(compile()).toBe('')
})

it('It is written as `npm run check` wants it', { timeout }, () => {
  run('node_modules/@biomejs/biome/bin/biome', 'check', 'packages/gatelodge/src/capabilities/newsletter')
})

it('It works by HTTP, and whatever is collected has it', { timeout }, () => {
  const collected = ['capabilities.test', 'arrows.test', 'type-names.test', 'security/inputs']
  expect(test('newsletter.test', ...collected)).toMatch(/Test Files +5 passed/)
  const walking = ['pages-seen.test', 'tests/flows.test', 'ended-in-a-form.test', 'forms-on-detours.test']
  expect(test(...walking)).toMatch(/Test Files +4 passed/)
  // Of the many routes there, its own; and that no other is missing.
  expect(test('security/ways-in', '-t', 'newsletter|have every route')).toMatch(/Tests +7 passed/)
})

it('Without its folder and its line it is gone', { timeout }, () => {
  rmSync(join(product, 'src/capabilities/newsletter'), { recursive: true })
  change(join(product, 'src/app.ts'), (app) => app.replaceAll(/^.*\bnewsletter\b.*\n/gm, ''))
  expect(readFileSync(join(product, 'src/app.ts'), 'utf8')).toBe(
    readFileSync(`${root}packages/gatelodge/src/app.ts`, 'utf8'),
  )
  expect(compile()).toBe('')
})
