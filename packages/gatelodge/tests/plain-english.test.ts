// What people read is plain English: no words that only we use, and none that hide who acts. That includes the comments of
// the code and the titles of its tests.
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { metaOf, settingNames } from '../src/config/schema.ts'
import { english } from '../src/text/catalogue.ts'
import { document } from './support/documents.ts'

/** Each with what to say instead. */
const banned: [RegExp, instead: string][] = [
  [
    /(?<!\b(?:small|capital|Latin) )\bletters?\b(?! and digits|-spacing)/i,
    'email; letters of the alphabet are characters',
  ],
  [/\bwhoever\b/i, 'anyone who, a person who'],
  [/\bsomebody\b/i, 'a person, someone'],
  [/\b(?:is|are) told\b/i, 'gets a message, the answer says'],
  [/\b(?:is|are) heard\b/i, 'works, is read'],
  [/\bleaves\b/i, 'is sent, is deleted, ends'],
  [/\banew\b/i, 'again'],
  [/\bhears? of\b/i, 'gets an email about'],
  [/\bopens? nothing\b/i, 'is invalid, is no secret'],
  [/\bworth nothing\b/i, 'is invalid'],
  [/\bgood-?bye\b/i, 'account deletion'],
  [/\bpost office\b/i, 'email queue'],
  [/\bheld back\b/i, 'rate-limited'],
  [/\bwithdr[ae]w/i, 'revoke, as the commands and the API say'],
  [/\bworks? no more\b/i, 'no longer works'],
]

function faultsIn(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) =>
      banned.filter(([word]) => word.test(line)).map(([word, instead]) => `${word} (${instead}): ${line}`),
    )
}

const root = new URL('../../../', import.meta.url)

/** Comments, and what may be the title of a test: a line with a text of several words in quotes. Code is not looked at. */
function commentsAndTitles(code: string): string {
  return code
    .split('\n')
    .map((line) => {
      if (/^\s*(?:\/\/|\/\*|\*)/.test(line)) return line
      const title = /^\s*(?:\]\)|\)|(?:it|describe|test|onEachDatabase|atEachLevel)\b.*)?\(?(['`].* .*['`])/.exec(
        line,
      )?.[1]
      return `${title ?? ''} ${/\s\/\/ .*$/.exec(line)?.[0] ?? ''}`
    })
    .join('\n')
}

const code = ['packages/gatelodge', 'attack', 'bench', 'scripts', 'examples'].flatMap((folder) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => /\.(?:tsx?|m?js|css|php|py)$/.test(name) && !/\/(?:node_modules|dist|\.\w+)\//.test(name))
    // The lists of banned words.
    .filter((name) => !name.endsWith('tests/plain-english.test.ts')),
)

const docs = [
  ...['README.md', 'SECURITY.md', 'CONTRIBUTING.md'],
  ...readdirSync(new URL('docs', root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`)
    // Written from the titles of tests.
    .filter((name) => name !== 'docs/security/requirements.md'),
].sort()

describe('Plain English', () => {
  it('finds each banned word', () => {
    const lines = [
      'A letter came',
      'Whoever asks',
      'somebody',
      'he is told',
      'they are heard',
      'it leaves',
      'made anew',
      'she hears of it',
      'it opens nothing',
      'a link worth nothing',
      'the goodbye',
      'the post office',
      'held back',
      'an invitation is withdrawn',
      'the key works no more',
    ]
    expect(lines.filter((line) => faultsIn(line).length !== 1)).toEqual([])
    expect(faultsIn('The email was sent to a person who asked.')).toEqual([])
    expect(faultsIn('small letters, letters and digits')).toEqual([])
  })

  it('finds them in comments and titles, and not in names of the code', () => {
    const lines = [
      '// Whoever asks',
      '/** A letter came. */',
      ' * It is told.',
      'const one = 1 // made anew',
      "  it('is told so', () => {",
      "  it.each(all)('%s is told so', () => {",
      "  ])('%s is told so', () => {",
      "    'is told so',",
      "onEachDatabase('What is told', (database) => {",
    ]
    expect(lines.filter((line) => faultsIn(commentsAndTitles(line)).length !== 1)).toEqual([])
    expect(faultsIn(commentsAndTitles('const letter = whoever(somebody)'))).toEqual([])
  })

  it('every comment and every title of a test', () => {
    expect(code.length).toBeGreaterThan(900)
    expect(
      code.flatMap((name) => faultsIn(commentsAndTitles(document(name))).map((fault) => `${name}: ${fault}`)),
    ).toEqual([])
  })

  it.each(docs)('%s', (name) => {
    expect(faultsIn(document(name))).toEqual([])
  })

  it('every message of pages and emails', () => {
    expect(faultsIn(JSON.stringify(english.messages, null, 2))).toEqual([])
  })

  it('the description of every setting', () => {
    expect(settingNames.flatMap((name) => faultsIn(`${name}: ${metaOf(name).description}`))).toEqual([])
  })
})
