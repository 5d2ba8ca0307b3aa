// `gatelodge healthcheck`: for containers, so that they need no curl.

import { paths } from '../paths.ts'
import { seconds } from '../time.ts'
import type { Call, ExitCode } from './command.ts'

export async function run({ settings: { host, port, basePath } }: Call): Promise<ExitCode> {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  const url = `http://${name.includes(':') ? `[${name}]` : name}:${port}${basePath}${paths.ready}`
  const patience = AbortSignal.timeout(seconds(5))
  const answer = await fetch(url, { signal: patience, redirect: 'error' }).catch(() => undefined)
  console.log(answer ? `${answer.status} ${(await answer.text()).trim()}` : `no answer from ${url}`)
  return answer?.ok ? 0 : 1
}
