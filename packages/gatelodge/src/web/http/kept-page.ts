// A page that is the same for everyone: made and compressed once for each site, and sent as the same bytes each time.
import { gzipSync } from 'node:zlib'
import { linksWithin } from '../site/base-path.ts'
import type { Site } from '../site/site.ts'
import { pageBody } from './answer.ts'
import { takesGzip } from './compress.ts'
import type { Context } from './context.ts'
import type { Markup } from './markup.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** @param render is called once for each site. It must not ask who looks at the page. */
export function keptPage(render: (site: Site) => Markup): (c: Context) => Response {
  const pages = new WeakMap<Site, { plain: Bytes; gzip: Bytes }>()
  return (c) => {
    const site = c.get('site')
    const kept = pages.get(site) ?? bytesOf(linksWithin(site.basePath, String(render(site))))
    pages.set(site, kept)
    if (!takesGzip(c.req.header('accept-encoding'))) return pageBody(c, 200, kept.plain, {})
    return pageBody(c, 200, kept.gzip, { 'content-encoding': 'gzip' })
  }
}

function bytesOf(page: string): { plain: Bytes; gzip: Bytes } {
  const plain = new TextEncoder().encode(page)
  return { plain, gzip: new Uint8Array(gzipSync(plain, { level: 9 })) }
}
