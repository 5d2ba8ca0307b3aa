// Writes the types of the messages from the English catalogue; with --check it only says whether they are fresh.
import { readFileSync, writeFileSync } from 'node:fs'
import { english } from '../packages/gatelodge/src/text/catalogue.ts'
import { argumentsOf, parseMessage } from '../packages/gatelodge/src/text/icu.ts'
import { takesArguments } from '../packages/gatelodge/src/text/text.ts'

const file = new URL('../packages/gatelodge/src/text/messages.ts', import.meta.url)
const path = 'packages/gatelodge/src/text/messages.ts'

const text = `// Written from en.json by \`npm run text\`: every message by its key, with the arguments that it takes.

export interface Messages ${typeOf(english.messages, '')}
`

if (!process.argv.includes('--check')) writeFileSync(file, text)
else if (readFileSync(file, 'utf8') !== text) {
  console.error(`${path} is not what en.json says; run: npm run text`)
  process.exitCode = 1
}

function typeOf(branch: object, indent: string): string {
  const lines = Object.entries(branch).map(([key, value]) => {
    const name = /^[a-z_]\w*$/i.test(key) ? key : `'${key}'`
    const type = typeof value === 'string' ? messageType(key, value) : typeOf(value, `${indent}  `)
    return `${indent}  ${name}: ${type}`
  })
  return `{\n${lines.join('\n')}\n${indent}}`
}

function messageType(key: string, template: string): string {
  const taken = [...argumentsOf(parseMessage(template, english.locale))]
  if (takesArguments(template) !== taken.length > 0) throw new Error(`${key}: a brace that begins no argument`)
  if (taken.length === 0) return 'string'
  const values = taken.map(([name, kind]) => `${name}: ${kind === 'number' ? 'number' : 'string'}`)
  return `(values: { ${values.join('; ')} }) => string`
}
