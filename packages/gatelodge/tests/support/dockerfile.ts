// What the Dockerfile and the .dockerignore say, as data: tests compare it with the code, and replay it.
import { document } from './documents.ts'

export interface Instruction {
  name: string
  /** Behind the name, on one line. */
  text: string
}

export interface Stage {
  image: string
  /** undefined: the last one, which is the image. */
  name: string | undefined
  instructions: Instruction[]
}

/** The stages of the Dockerfile, in their order. */
export function stagesOf(dockerfile: string): Stage[] {
  const lines = dockerfile
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
  const stages: Stage[] = []
  for (const line of lines.filter((one) => one.trim() !== '')) {
    const [, name = '', text = ''] = /^([A-Z]+) +(.+)$/.exec(line) ?? []
    const [, image, stage] = name === 'FROM' ? (/^(\S+)(?: AS (\S+))?$/.exec(text) ?? []) : []
    if (image) stages.push({ image, name: stage, instructions: [] })
    else if (name === '') throw new Error(`the Dockerfile has a line that is no instruction: ${line}`)
    else stages.at(-1)?.instructions.push({ name, text })
  }
  return stages
}

/** What stands behind each instruction of a name. */
export const textsOf = ({ instructions }: Stage, name: string) =>
  instructions.filter((one) => one.name === name).map(({ text }) => text)

export interface Copy {
  /** undefined: from the repository. */
  from: string | undefined
  sources: string[]
  to: string
}

export function readCopy(text: string): Copy {
  const words = text.split(/ +/)
  const from = words[0]?.startsWith('--from=') ? words.shift()?.slice('--from='.length) : undefined
  return { from, sources: words.slice(0, -1), to: words.at(-1) ?? '' }
}

/** `A=1 B=2` as pairs. */
export const readEnv = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(/(\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]))

/** Whether Docker gets to see a path of the repository: the last rule of .dockerignore that it or a parent matches decides. */
export function isSent(path: string): boolean {
  const parts = path.split('/')
  const itAndParents = parts.map((_, index) => parts.slice(0, index + 1).join('/'))
  const last = rules.findLast(({ pattern }) => itAndParents.some((one) => pattern.test(one)))
  return last?.sends ?? true
}

const rules = document('.dockerignore')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => ({ sends: line.startsWith('!'), pattern: patternOf(line.replace(/^!/, '')) }))

function patternOf(glob: string): RegExp {
  const parts = glob.split(/(\*\*\/|\*)/).map((part) => {
    if (part === '**/') return '(?:.*/)?'
    return part === '*' ? '[^/]*' : part.replace(/[$()+.?[\\\]^{|}]/g, '\\$&')
  })
  return new RegExp(`^${parts.join('')}$`)
}

export const dockerfile = stagesOf(document('Dockerfile'))
