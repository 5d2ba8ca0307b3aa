import type { SlotPage } from '../../hooks/slots.ts'
import type { Site } from '../site/site.ts'

/** What the app that holds us has to say below a form. */
export const BelowForm = ({ site, page }: { site: Site; page: SlotPage['page'] }) => {
  const filling = site.slots.belowForm({ page, siteName: site.name })
  return filling ? <div class="slot">{filling}</div> : null
}
