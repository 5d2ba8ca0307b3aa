// The words behind a command: flags with their values, and the rest.
import { parseArgs } from 'node:util'
import type { Given } from '../config/fault.ts'
import { flagName, formOf, settingNames } from '../config/schema.ts'
import { yesOrNo as yesOrNoValue } from '../config/values.ts'

export const flags = [...settingNames.map(flagName), '--config', '--help', '--version']

const yesOrNo = settingNames.filter((name) => formOf(name).isYesOrNo).map(flagName)

type Parsed =
  | { flags: Given; file: string | undefined; words: string[] }
  /** There is no such flag. */
  | { unknown: string }
  /** A flag without the value that it needs. */
  | { empty: string }

export function parseFlags(words: string[]): Parsed {
  const options = Object.fromEntries(flags.map((flag) => [flag.slice(2), { type: 'string' as const }]))
  const args = withValues(words)
  const { values, positionals, tokens } = parseArgs({
    args,
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const named = tokens.filter((token) => token.kind === 'option')
  const unknown = named.find(({ name }) => !flags.includes(`--${name}`))
  if (unknown) return { unknown: unknown.rawName }
  // Another flag is no value: the one for this flag was forgotten.
  const empty = named.find(({ value, inlineValue }) => value === undefined || (!inlineValue && isFlag(value)))
  if (empty) return { empty: empty.rawName }
  const given: Given = Object.fromEntries(settingNames.map((name) => [name, values[flagName(name).slice(2)]]))
  return { flags: given, file: values.config as string | undefined, words: positionals }
}

/** `--api` alone means yes: `--api=true`. A yes or no behind it belongs to it: `--api false` becomes `--api=false`. */
function withValues(words: string[]): string[] {
  return words.flatMap((word, at) => {
    if (yesOrNo.includes(words[at - 1] ?? '') && isAnswer(word)) return []
    if (!yesOrNo.includes(word)) return [word]
    const next = words[at + 1]
    return [`${word}=${next !== undefined && isAnswer(next) ? next : 'true'}`]
  })
}

const isAnswer = (word: string) => yesOrNoValue.safeParse(word).success

const isFlag = (value: string) => flags.includes(value.split('=', 1)[0] ?? '')
