// The button for a passkey. It comes with the page and is shown by the script, where the browser knows what to do. A message
// about the answer leads to it.
import type { Child } from 'hono/jsx'
import type { Site } from '../site/site.ts'

interface Props {
  site: Site
  /** Where the answer goes; the question is asked below it. */
  action: string
  /** `add`: makes one. `use`: asks for one. `log-in`: offers one in the field of the address as well. */
  kind: 'add' | 'use' | 'log-in'
  /** None in a form of visitors. */
  token?: string | undefined
  /** The id of a credential that was used here a moment ago and that the site does not know: the device may forget it. */
  unknown?: string | undefined
  /** What is said where the browser made or used none. */
  cancelled?: string
  children?: Child
}

export const PasskeyButton = ({ site, action, kind, token, unknown, cancelled, children }: Props) => {
  const words = site.text.passkeyButton
  return (
    <button
      type="button"
      id="answer"
      class={kind === 'add' ? 'button' : 'button plain'}
      hidden
      formaction={action}
      data-passkey={kind}
      data-token={token}
      data-unknown={unknown && JSON.stringify({ rpId: site.passkeyDomain, credentialId: unknown })}
      data-cancelled={cancelled ?? (kind === 'add' ? words.notMade : words.notUsed)}
      data-exists={kind === 'add' ? words.exists : undefined}
    >
      {children}
    </button>
  )
}
