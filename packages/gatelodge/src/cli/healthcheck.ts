// `gatelodge healthcheck`: for containers, so that they need no curl.
import { get, type RequestOptions } from 'node:http'
import { text } from 'node:stream/consumers'
import { hostFromHere, inBrackets } from '../config/listening.ts'
import type { Settings } from '../config/schema.ts'
import { paths } from '../paths.ts'
import { seconds } from '../time.ts'
import type { Call, ExitCode } from './command.ts'

export async function run({ settings }: Call): Promise<ExitCode> {
  const { place, spelled } = placeOf(settings)
  const answer = await ask({ ...place, path: settings.basePath + paths.ready }).catch(() => undefined)
  console.log(answer ? `${answer.status} ${answer.body.trim()}` : `no answer from ${spelled}`)
  return answer?.status === 200 ? 0 : 1
}

function placeOf({ host, port, basePath, unixSocket }: Settings): { place: RequestOptions; spelled: string } {
  if (unixSocket !== undefined) return { place: { socketPath: unixSocket }, spelled: unixSocket }
  const name = hostFromHere(host)
  return { place: { host: name, port }, spelled: `http://${inBrackets(name)}:${port}${basePath}${paths.ready}` }
}

function ask(place: RequestOptions): Promise<{ status: number | undefined; body: string }> {
  const signal = AbortSignal.timeout(seconds(5))
  return new Promise((resolve, reject) => {
    get({ ...place, signal, agent: false }, (answer) => {
      text(answer).then((body) => resolve({ status: answer.statusCode, body }), reject)
    }).once('error', reject)
  })
}
