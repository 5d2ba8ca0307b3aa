// On the page of each step, within its form: gives the log-in under way up.

import { paths } from '../../paths.ts'
import type { Site } from '../site/site.ts'

export const CancelLogin = ({ site }: { site: Site }) => (
  <button type="submit" class="button plain" formaction={paths.cancelLogin} formnovalidate>
    {site.text.continueLogin.cancel}
  </button>
)
