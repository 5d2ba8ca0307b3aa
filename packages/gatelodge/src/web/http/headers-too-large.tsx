// 431 (RFC 6585): the server's parser gave up before there was a request, so the page is written to the connection as it is.
import { linksWithin } from '../site/base-path.ts'
import type { Site } from '../site/site.ts'
import { RefusalPage } from './error-pages.tsx'

export function headersTooLargePage(site: Site): string {
  const { title, lead } = site.text.headersTooLarge
  return linksWithin(site.basePath, String(<RefusalPage site={site} title={title} lead={lead} />))
}
