// What people read is plain English: no words that only we use, and none that hide who acts.
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { metaOf, settingNames } from '../src/config/schema.ts'
import { english } from '../src/text/catalogue.ts'
import { document } from './support/documents.ts'

/** Each with what to say instead. */
const banned: [RegExp, instead: string][] = [
  [/\bletters?\b/i, 'email; letters of the alphabet are characters'],
  [/\bwhoever\b/i, 'anyone who, a person who'],
  [/\bsomebody\b/i, 'a person, someone'],
  [/\b(?:is|are) told\b/i, 'gets a message, the answer says'],
  [/\b(?:is|are) heard\b/i, 'works, is read'],
  [/\bleaves\b/i, 'is sent, is deleted, ends'],
  [/\banew\b/i, 'again'],
]

function faultsIn(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) =>
      banned.filter(([word]) => word.test(line)).map(([word, instead]) => `${word} (${instead}): ${line}`),
    )
}

const root = new URL('../../../', import.meta.url)
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
    ]
    expect(lines.filter((line) => faultsIn(line).length !== 1)).toEqual([])
    expect(faultsIn('The email was sent to a person who asked.')).toEqual([])
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
