// How much of Gatelodge stands in a user's own files, counted from the examples.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface Way {
  name: string
  /** Below examples/. */
  files: string[]
  lines: number
}

/** In an app: the lines that name us. */
const naming = /gatelodge/i
/** In a configuration, which is there for us alone: all that say something. */
const saying = /^\s*[^\s#}]/

const examples = fileURLToPath(new URL('../examples/', import.meta.url))

const counted: [name: string, files: string[], which: RegExp][] = [
  ['Caddy', ['caddy/Caddyfile'], saying],
  ['nginx', ['nginx/gatelodge.conf'], saying],
  ['Express', ['express/server.js'], naming],
  ['Fastify', ['fastify/server.js'], naming],
  ['Hono', ['hono/server.js'], naming],
  ['Next', ['next/app/[...path]/route.js', 'next/gatelodge.js', 'next/next.config.js'], naming],
]

export function linesOfWays(): Way[] {
  return counted.map(([name, files, which]) => {
    const lines = files
      .flatMap((file) => readFileSync(examples + file, 'utf8').split('\n'))
      .filter((line) => !/^\s*(?:\/\/|\/\*\*|#)/.test(line) && which.test(line))
    return { name, files, lines: lines.length }
  })
}
