// The rules of biome.json fire: each on a line that breaks it, none on what we write.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: they are lines of code
const lines: [string, string, RegExp][] = [
  ['V1.3.2 eval', 'eval(text)', /code here/],
  ['V1.3.2 a function made of text', "new Function('a', text)", /code here/],
  ['V1.3.2 text for a timer', "setTimeout('text', 1)", /noImpliedEval/],
  ['V1.3.2 the module vm', "import 'node:vm'", /noRestrictedImports/],
  ['V1.2.5 starting a program', "import { spawn } from 'node:child_process'", /noRestrictedImports/],
  ['V6.5.3 V11.5.1 chance from Math', 'export const chance = Math.random()', /Math\.random can be guessed/],
  ['V1.2.4 a statement made of text', 'export const rows = sql.raw(text)', /made of text/],
  ['V1.2.4 a value written into a statement', 'export const rows = sql`select ${sql.lit(text)}`', /made of text/],
  ['V1.2.4 a statement put together with a value', "export const rows = db.read('select ' + text, [])", /made of text/],
  ['V1.2.4 a statement with a hole for a value', 'export const rows = db.read(`select ${text}`, [])', /made of text/],
  ['V1.2.4 values for the text protocol', 'connection.query(text, values, done)', /into the text of a statement/],
  [
    'V1.2.4 a list of values for it',
    'export const rows = connection.query(text, [name])',
    /into the text of a statement/,
  ],
  ['V1.2.4 values beside its text', 'connection.query({ sql: text, values })', /into the text of a statement/],
  [
    "V1.2.4 Kysely's own driver for MySQL",
    'export const own = new MysqlDialect({ pool })',
    /into the text of a statement/,
  ],
  ['V3.2.2 V1.1.2 markup made of text', 'box.innerHTML = text', /markup here/],
  [
    'V3.2.2 markup in a component',
    'export const b = <p dangerouslySetInnerHTML={{ __html: text }} />',
    /noDangerously/,
  ],
]
const good = 'export const rows = sql`select ${text}`.execute(db)'
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: they are lines of code

/** What biome says of each, by its number. */
let told: string[]

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'gatelodge-habits-'))
  for (const name of ['biome.json', 'habits']) cpSync(join(root, name), join(folder, name), { recursive: true })
  const server = join(folder, 'packages/gatelodge/src')
  mkdirSync(server, { recursive: true })
  const tried = [...lines.map(([, line]) => line), good]
  for (const [index, line] of tried.entries()) writeFileSync(join(server, `tried-${index}.tsx`), `${line}\n`)
  const words = ['lint', '--vcs-enabled=false', '--max-diagnostics=none', '--colors=off', '.']
  const { stdout, stderr } = spawnSync(join(root, 'node_modules/.bin/biome'), words, { cwd: folder, encoding: 'utf8' })
  const diagnostics = (stdout + stderr).split(/^(?=packages\/)/m)
  told = tried.map((_, index) => diagnostics.filter((one) => one.includes(`tried-${index}.tsx`)).join('\n'))
})

it.each(lines.map(([name, , message], index) => [name, index, message] as const))(
  '%s is refused by lint',
  (_, index, message) => {
    expect(told[index]).toMatch(message)
  },
)

it('a statement with a parameter passes', () => {
  expect(told.at(-1)).not.toMatch(/lint\/security|plugin|noRestricted/)
})
