// The button for a passkey. Without its script it could do nothing, so the script makes it, where the browser knows what to do:
// text browsers show a button whatever `hidden` or `<template>` says. Its words come from here. A message about the answer
// leads to it.
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
  label: string
}

export const PasskeyButton = ({ site, action, kind, token, unknown, cancelled, label }: Props) => {
  const words = site.text.passkeyButton
  return (
    <div
      id="answer"
      hidden
      data-passkey={kind}
      data-label={label}
      data-action={action}
      data-token={token}
      data-unknown={unknown && JSON.stringify({ rpId: site.passkeyDomain, credentialId: unknown })}
      data-cancelled={cancelled ?? (kind === 'add' ? words.notMade : words.notUsed)}
      data-exists={kind === 'add' ? words.exists : undefined}
    />
  )
}
