// The words behind a command: flags with their values, and the rest.
import { parseArgs } from 'node:util'
import type { Given } from '../config/fault.ts'
import { flagName, formOf, settingNames } from '../config/schema.ts'
import { yesOrNo as yesOrNoValue } from '../config/values.ts'
import type { Option } from './command.ts'

export const flags = [...settingNames.map(flagName), '--config', '--help', '--version']

const yesOrNo = settingNames.filter((name) => formOf(name).isYesOrNo).map(flagName)

type Parsed =
  | { flags: Given; options: Record<string, string | undefined>; file: string | undefined; words: string[] }
  /** There is no such flag. */
  | { unknown: string }
  /** A flag without the value that it needs. */
  | { empty: string }

/** @param own flags of the command that are no settings. */
export function parseFlags(words: string[], own: Option[] = []): Parsed {
  const known = [...flags, ...own.map(({ name }) => `--${name}`)]
  const options = Object.fromEntries(known.map((flag) => [flag.slice(2), { type: 'string' as const }]))
  const args = withValues(words, [...yesOrNo, ...own.flatMap(({ name, value }) => (value ? [] : [`--${name}`]))])
  const { values, positionals, tokens } = parseArgs({
    args,
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const named = tokens.filter((token) => token.kind === 'option')
  const unknown = named.find(({ name }) => !known.includes(`--${name}`))
  if (unknown) return { unknown: unknown.rawName }
  // Another flag is no value: the one for this flag was forgotten.
  const empty = named.find(({ value, inlineValue }) => value === undefined || (!inlineValue && isFlag(value, known)))
  if (empty) return { empty: empty.rawName }
  const given: Given = Object.fromEntries(settingNames.map((name) => [name, values[flagName(name).slice(2)]]))
  const ofCommand = named.map(({ name }) => name).filter((name) => own.some((one) => one.name === name))
  const lines = (name: string) => named.flatMap((one) => (one.name === name ? [one.value ?? ''] : [])).join('\n')
  const isRepeated = (name: string) => own.some((one) => one.name === name && one.isRepeated)
  const chosen = Object.fromEntries(
    ofCommand.map((name) => [name, isRepeated(name) ? lines(name) : (values[name] as string)]),
  )
  return { flags: given, options: chosen, file: values.config as string | undefined, words: positionals }
}

/** `--api` alone means yes: `--api=true`. A yes or no behind it belongs to it: `--api false` becomes `--api=false`. */
function withValues(words: string[], alone: string[]): string[] {
  return words.flatMap((word, at) => {
    if (yesOrNo.includes(words[at - 1] ?? '') && isAnswer(word)) return []
    if (!alone.includes(word)) return [word]
    const next = yesOrNo.includes(word) ? words[at + 1] : undefined
    return [`${word}=${next !== undefined && isAnswer(next) ? next : 'true'}`]
  })
}

const isAnswer = (word: string) => yesOrNoValue.safeParse(word).success

const isFlag = (value: string, known: string[]) => known.includes(value.split('=', 1)[0] ?? '')
