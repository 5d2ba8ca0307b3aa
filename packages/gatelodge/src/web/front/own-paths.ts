// Which addresses are Gatelodge's own; all others are the app's behind it. Read from the routes, so that none is forgotten.
import type { Hono } from 'hono'
import { loadAssets } from '../assets.ts'
import type { AppEnv } from '../context.ts'
import { paths } from '../paths.ts'

export function ownPaths(app: Hono<AppEnv>): (url: string) => boolean {
  // The app may have files below /assets too; of ours there are a few, by name.
  const files = new Set([...loadAssets().files.keys()].map((name) => `/assets/${name}`))
  const routes = new Set(app.routes.map(({ path }) => path))
  for (const path of ['*', '/*', paths.home, '/assets/:file']) routes.delete(path)
  const plain = new Set([...routes].filter((path) => !/[:*]/.test(path)))
  const patterns = [...routes].filter((path) => !plain.has(path)).map((path) => path.split('/'))
  return (url) => {
    const [path = ''] = url.split(/[?#]/, 1)
    if (plain.has(path) || files.has(path)) return true
    const parts = path.split('/')
    return patterns.some((pattern) => fits(parts, pattern))
  }
}

/** `:name` stands for one part that is not empty, `*` at the end for all that follows. */
function fits(parts: string[], pattern: string[]): boolean {
  const isOpen = pattern.at(-1) === '*'
  if (isOpen ? parts.length < pattern.length - 1 : parts.length !== pattern.length) return false
  return pattern.every((one, at) => one === '*' || (one.startsWith(':') ? parts[at] !== '' : one === parts[at]))
}
