// A page that is the same for everyone: made and compressed once for each site, and sent as the same bytes each time. The
// server sends it without asking the app again (`quick-pages.ts`).
import { gzipSync } from 'node:zlib'
import { linksWithin } from '../site/base-path.ts'
import type { Site } from '../site/site.ts'
import { pageBody } from './answer.ts'
import { takesGzip } from './compress.ts'
import type { Context } from './context.ts'
import type { Markup } from './markup.ts'

type Bytes = Uint8Array<ArrayBuffer>

export interface KeptAnswer {
  /** All that the app sent with it. */
  headers: Record<string, string>
  body: Bytes
}

/** What was sent of each page, by its path with the prefix and by encoding. */
const answers = new WeakMap<Site, Map<string, KeptAnswer>>()

/** @returns undefined where nobody has asked for it yet. */
export function keptAnswer(site: Site, path: string, isGzip: boolean): KeptAnswer | undefined {
  return answers.get(site)?.get(keyOf(path, isGzip))
}

const keyOf = (path: string, isGzip: boolean) => (isGzip ? `${path} gzip` : path)

/** @param render is called once for each site. It must not ask who looks at the page. */
export function keptPage(render: (site: Site) => Markup): (c: Context) => Response {
  const pages = new WeakMap<Site, { plain: Bytes; gzip: Bytes }>()
  return (c) => {
    const site = c.get('site')
    const kept = pages.get(site) ?? bytesOf(linksWithin(site.basePath, String(render(site))))
    pages.set(site, kept)
    const isGzip = takesGzip(c.req.header('accept-encoding'))
    const body = isGzip ? kept.gzip : kept.plain
    const answer = pageBody(c, 200, body, isGzip ? { 'content-encoding': 'gzip' } : {})
    if (c.get('cookies').size + c.get('strays').size === 0) keep(c, isGzip, { body, answer })
    return answer
  }
}

function keep(c: Context, isGzip: boolean, { body, answer }: { body: Bytes; answer: Response }): void {
  const site = c.get('site')
  const ofSite = answers.get(site) ?? new Map<string, KeptAnswer>()
  answers.set(site, ofSite)
  const key = keyOf(site.basePath + c.req.path, isGzip)
  if (!ofSite.has(key)) ofSite.set(key, { body, headers: Object.fromEntries(answer.headers) })
}

function bytesOf(page: string): { plain: Bytes; gzip: Bytes } {
  const plain = new TextEncoder().encode(page)
  return { plain, gzip: new Uint8Array(gzipSync(plain, { level: 9 })) }
}
