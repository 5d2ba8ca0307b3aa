// Which addresses are ours in someone else's app, or in front of it: exactly those that have a route. All others are the
// app's, its front page among them.
import type { Hono } from 'hono'
import { paths } from '../../paths.ts'
import { withoutGlued } from '../forms/trailing-signs.ts'
import type { AppEnv } from '../http/context.ts'
import type { Assets } from './assets.ts'

export interface MountedPaths {
  /** As routers write them: `/verify-email/:token`. */
  patterns: string[]
  has(pathname: string): boolean
}

/** @param basePath all below it is ours, whether there is a page or not. */
export function mountedPaths(app: Hono<AppEnv>, { files }: Pick<Assets, 'files'>, basePath: string): MountedPaths {
  if (basePath)
    return {
      patterns: [basePath, `${basePath}/*`],
      has: (pathname) => pathname === basePath || pathname.startsWith(`${basePath}/`),
    }
  const routed = app.routes
    .filter(({ method, path }) => method !== 'ALL' && !path.includes('*'))
    .map(({ path }) => path)
  // The app may have files of its own in /assets; ours have names that nobody else gives.
  const names = [...files.keys()].map((name) => `/assets/${name}`)
  const patterns = [...new Set([...routed, ...names])].filter((path) => !theirs.has(path))
  const fixed = new Set(patterns.filter((path) => !path.includes(':')))
  const shapes = patterns.filter((path) => path.includes(':')).map((path) => path.split('/'))
  const isOurs = (pathname: string) =>
    fixed.has(pathname) || linkedPath(pathname) !== undefined || shapes.some((shape) => fits(shape, pathname))
  return { patterns, has: (pathname) => isOurs(pathname) || isOurs(withoutSlashes(pathname)) }
}

/** Of the app, where there is one: its front page, its icon. Our files are named one by one. */
const theirs = new Set<string>([paths.home, paths.favicon, '/assets/:file'])

/** As people and mail programs write addresses: `/login/` is `/login`. */
export const withoutSlashes = (pathname: string) => pathname.replace(/\/+$/, '')

/** What emails link to without a token. */
const linked = new Set<string>([paths.login, paths.forgotPassword])

/** Where a link of an email leads that has a sign glued to its end. */
export function linkedPath(pathname: string): string | undefined {
  const plain = withoutGlued(pathname)
  return plain !== undefined && linked.has(plain) ? plain : undefined
}

/** Part by part, and nothing behind it. */
function fits(shape: string[], pathname: string): boolean {
  const parts = pathname.split('/')
  const isPart = (part: string, at: number) => part === shape[at] || (shape[at]?.startsWith(':') && part !== '')
  return parts.length === shape.length && parts.every(isPart)
}
