// Writes the type of the settings in code from the schema: what an editor shows of each is what docs/configuration.md says.
// With --check it only tells whether the file is fresh.
import { readFileSync, writeFileSync } from 'node:fs'
import {
  bare,
  defaultOf,
  measureOf,
  metaOf,
  type SettingName,
  schema,
  settingNames,
} from '../packages/gatelodge/src/config/schema.ts'

const file = new URL('../packages/gatelodge/src/inside/given-settings.ts', import.meta.url)

const text = `// Written from config/settings/ by \`npm run docs\`: what an editor shows of each setting. Do not change it by hand.
import type { z } from 'zod'
import type { schema } from '../config/schema.ts'

type Input = z.input<typeof schema>

/** Every setting of docs/configuration.md by its name in code. All can be left out. */
export interface GatelodgeSettings {
${settingNames.map(member).join('\n')}
}
`

if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== text) {
    console.error('packages/gatelodge/src/inside/given-settings.ts is not what the schema says; run: npm run docs')
    process.exitCode = 1
  }
} else writeFileSync(file, text)

function member(name: SettingName): string {
  const lines = paragraphs(name).flatMap((one, index) => [...(index > 0 ? [''] : []), ...wrapped(one)])
  const comment = ['  /**', ...lines.map((line) => `   * ${line}`.trimEnd()), '   */'].join('\n')
  return `${comment}\n  ${name}?: ${typeOf(name)} | undefined`
}

function paragraphs(name: SettingName): string[] {
  const { description, example, defaultText } = metaOf(name)
  const measure = measureOf(name)
  const value = defaultOf(name)
  const standard = defaultText ?? (value === undefined ? undefined : `\`${value}\``)
  return [
    description,
    ...(measure
      ? [`${measure.allowed[0]?.toUpperCase()}${measure.allowed.slice(1)}; a number counts ${measure.unit}.`]
      : []),
    // Where nothing stands, the description says what that means.
    ...(standard === undefined || description.includes('Default:') ? [] : [`Default: ${standard}.`]),
    `Example: \`${example}\`.`,
  ].map((one) => one.replaceAll('*/', '*\\/'))
}

/** A coerced number takes anything, as far as its type goes. */
function typeOf(name: SettingName): string {
  return bare(schema.shape[name]).type === 'number' ? 'number | string' : `Input['${name}']`
}

function wrapped(paragraph: string): string[] {
  const lines = ['']
  for (const word of paragraph.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line !== '' && line.length + word.length > 112) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines
}
