// Renders docs/security/requirements.md from the rows and what proves them.
import { commands, suites } from '../support/results.ts'
import type { Proof, Proofs } from './proofs.ts'
import { type Row, rows } from './rows.ts'

export const pageFile = new URL('../../../../docs/security/requirements.md', import.meta.url)

const intro = `# Security requirements

What [OWASP ASVS 5.0.0](https://owasp.org/www-project-application-security-verification-standard/) asks of a login and
registration product, and how each of it is shown here. Ids and levels are the standard's (OWASP Foundation, CC BY-SA
4.0); the wording is ours and short, so read the original before you rely on it.

- **proved**: a test that passed names the id in its title. The row names the command that runs it, and the file.
- **by design**: a look at the named file shows it.
- **later**: it belongs to a feature that does not exist yet.
- **not ours**: someone else has to do it; the row says who.
- **open**: it bears on what exists, and nothing proves it yet.
`

const outro = `## Not in the tables

45 requirements have nothing here that they could apply to: LDAP, XPath and LaTeX (V1.2.6 to V1.2.8), rich text and SVG
from people, JNDI, memcache (V1.3.1, V1.3.4, V1.3.8, V1.3.9), memory that is managed by hand (V1.4.1, V1.4.3), XML
(V1.5.1), GraphQL (V4.3), what is said over the WebSockets of an app behind (V4.4), codes by telephone and push approval
(V6.6.1, V6.6.4), SAML (V6.8.3), files that people upload (V5, V14.2.8), WebRTC (V17).

## How this page is made

The rows stand in \`packages/gatelodge/tests/requirements/rows.txt\`. Every run of \`npm test\` and of
\`npm run test:exhaustive\` notes which tests with an id in their title passed; \`npm run requirements\` writes this page
from that. Where \`npm test\` takes a sample of an exhaustive test, the sample counts for nothing. When both commands have
run in full on the same sources, the later one fails if the page says anything else.
`

const states = ['proved', 'by design', 'later', 'not ours', 'open'] as const

type Shown = (typeof states)[number]

export function renderPage(proofs: Proofs): string {
  const chapters = [...new Set(rows.map(({ chapter }) => chapter))]
  return [intro, counts(proofs), ...chapters.map((chapter) => section(chapter, proofs)), outro].join('\n')
}

export function stateOf(row: Row, proofs: Proofs): Shown {
  if (proofs.has(row.id)) return 'proved'
  return row.state ?? 'open'
}

function counts(proofs: Proofs): string {
  const count = (level: number, state: Shown) =>
    rows.filter((row) => row.level === level && stateOf(row, proofs) === state).length
  const lines = [1, 2, 3].map((level) => `| ${[level, ...states.map((state) => count(level, state))].join(' | ')} |`)
  return `| level | ${states.join(' | ')} |\n| ---${' | ---'.repeat(states.length)} |\n${lines.join('\n')}\n`
}

function section(chapter: string, proofs: Proofs): string {
  const own = rows.filter((row) => row.chapter === chapter && row.id === row.group[0])
  const lines = own.map(
    (row) => `| ${row.group.join(' ')} | ${row.level} | ${row.asks || '–'} | ${shown(row, proofs)} |`,
  )
  return `## ${chapter}\n\n| id | level | what it asks | state |\n| --- | --- | --- | --- |\n${lines.join('\n')}\n`
}

function shown(row: Row, proofs: Proofs): string {
  const own = proofs.get(row.id) ?? []
  const [first] = own
  if (!first) return row.state ? `${row.state}: ${row.reason}` : 'open'
  const files = [...new Set(own.map(({ file }) => file))]
  const more = files.length > 1 ? `, and ${files.length - 1} more` : ''
  return `proved by ${commandsOf(own)}: ${shortened(first.title)} (\`${first.file}\`${more})`
}

function commandsOf(proofs: Proof[]): string {
  const own = suites.filter((suite) => proofs.some((proof) => proof.suite === suite))
  return own.map((suite) => `\`${commands[suite]}\``).join(' and ')
}

/** Without ids, and without what would end a cell or begin markup. */
function shortened(title: string): string {
  const words = title
    .replace(/\bV\d+\.\d+\.\d+ /g, '')
    .replace(/[|`<>[\]*_\\\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return [...words].length > 70 ? `${[...words].slice(0, 69).join('').trim()}…` : words
}
