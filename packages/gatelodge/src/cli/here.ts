// Asks the site from this machine, where its settings have it listen.
import { get, type RequestOptions } from 'node:http'
import { text } from 'node:stream/consumers'
import { hostFromHere, inBrackets } from '../config/listening.ts'
import type { Settings } from '../config/schema.ts'
import { seconds } from '../time.ts'

export interface AnswerHere {
  status: number | undefined
  body: string
}

type Place = Pick<Settings, 'host' | 'port' | 'basePath' | 'unixSocket'>

/** @param path one of ours, without the base path. @throws {Error} where nobody answers within 5 s. */
export function askHere(settings: Place, path: string): Promise<AnswerHere> {
  const signal = AbortSignal.timeout(seconds(5))
  return new Promise((resolve, reject) => {
    get({ ...placeOf(settings), path: settings.basePath + path, signal, agent: false }, (answer) => {
      text(answer).then((body) => resolve({ status: answer.statusCode, body }), reject)
    }).once('error', reject)
  })
}

function placeOf({ host, port, unixSocket }: Place): RequestOptions {
  return unixSocket === undefined ? { host: hostFromHere(host), port } : { socketPath: unixSocket }
}

/** The same for people: a URL, or the path of the socket. */
export function spelledHere({ host, port, basePath, unixSocket }: Place, path: string): string {
  return unixSocket ?? `http://${inBrackets(hostFromHere(host))}:${port}${basePath}${path}`
}
