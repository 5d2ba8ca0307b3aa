// On the page of each step, within its form: gives the log-in under way up.

import { paths } from '../../paths.ts'
import { text } from '../../text/en.ts'

export const CancelLogin = () => (
  <button type="submit" class="button plain" formaction={paths.cancelLogin} formnovalidate>
    {text.continueLogin.cancel}
  </button>
)
