// `gatelodge healthcheck`: for containers, so that they need no curl.
import { paths } from '../paths.ts'
import type { Call, ExitCode } from './command.ts'
import { askHere, spelledHere } from './here.ts'
import type { Told } from './verbs.ts'

export const verbs: Record<string, Told> = {
  '': { words: '', summary: 'ask the site on this machine whether it is ready; exit code 0: it is, 1: it is not' },
}

export async function run({ settings }: Call): Promise<ExitCode> {
  const answer = await askHere(settings, paths.ready).catch(() => undefined)
  const said = answer
    ? `${answer.status} ${answer.body.trim()}`
    : `no answer from ${spelledHere(settings, paths.ready)}`
  console.log(said)
  return answer?.status === 200 ? 0 : 1
}
