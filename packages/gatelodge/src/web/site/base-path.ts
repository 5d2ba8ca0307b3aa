// All of ours may stand below a path such as `/auth`, and the rest of the host is another app's. Within the app nothing
// knows of it: the prefix is taken off where a request comes in, and put on here where an address goes out.
import { getPath } from 'hono/utils/url'
import { paths } from '../../paths.ts'

/** An address as the browser shall get it: of the app beside us, or where someone said they wanted to go. */
export interface Elsewhere {
  address: string
}

/** Where an answer leads: one of our paths, a whole address, or elsewhere. */
export type Destination = string | Elsewhere

export function written(basePath: string, to: Destination): string {
  if (typeof to !== 'string') return to.address
  return to.startsWith('/') ? basePath + to : to
}

/**
 * The same for every link, form and file of a page. In our markup a quotation mark that was typed is `&quot;`, so only
 * attributes of ours can look like this.
 */
export function linksWithin(basePath: string, markup: string): string {
  return basePath ? markup.replace(/ (href|src|action|formaction|data-action)="\/(?!\/)/g, ` $1="${basePath}/`) : markup
}

/** No route has it. */
const nowhere = '/\0'

/** By which path the router finds what was asked for. */
export function pathWithin(basePath: string): (request: Request) => string {
  if (!basePath) return getPath
  return (request) => {
    const path = getPath(request)
    if (path === basePath) return paths.home
    return path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : nowhere
  }
}
