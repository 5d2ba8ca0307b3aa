import { raw } from 'hono/html'
import type { SlotPage } from '../../hooks/slots.ts'
import { linksElsewhere } from '../base-path.ts'
import type { Site } from '../site.ts'

/** What the app that holds us has to say below a form. */
export const BelowForm = ({ site, page }: { site: Site; page: SlotPage['page'] }) => {
  const filling = site.slots.belowForm({ page, siteName: site.name })
  return filling ? <div class="slot">{ofApp(site, filling)}</div> : null
}

export function atFoot(site: Site) {
  const filling = site.slots.foot({ siteName: site.name })
  return filling && ofApp(site, filling)
}

/** Text stays text. */
function ofApp({ basePath }: Site, filling: string) {
  return 'isEscaped' in Object(filling) ? raw(linksElsewhere(basePath, String(filling))) : filling
}
