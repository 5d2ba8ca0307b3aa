// What every page needs to know of the site. Made once, at start.

import type { CustomField } from '../../config/custom-fields.ts'
import { type EmailsMode, emailsMode } from '../../config/email-mode.ts'
import type { FilledSlots } from '../../hooks/slots.ts'
import type { Services } from '../../services.ts'
import type { Text } from '../../text/text.ts'
import { days, type Milliseconds } from '../../time.ts'
import { linksOfTheApp } from './app-links.ts'
import { type Assets, loadAssets } from './assets.ts'

export interface Site {
  name: string
  /** Every message, in the site's language. */
  text: Text
  support: string | undefined
  assets: Assets
  /** What stands before each address of ours; empty: nothing. */
  basePath: string
  passwordMinLength: number
  rememberedDays: number
  /** Whether emails are sent, are shown in development, or are none at all. */
  emails: EmailsMode
  /** Whether an account may set a second factor up. */
  offersSecondFactor: boolean
  /** Whether passkeys can be made here at all. */
  offersPasskeys: boolean
  /** The domain that they are made for. */
  passkeyDomain: string
  verifyLinkLife: Milliseconds
  resetLinkLife: Milliseconds
  deletionDelay: Milliseconds
  /** What registration asks beyond name and address. */
  fields: CustomField[]
  /** What the app that holds us has to say. */
  slots: FilledSlots
}

const sites = new WeakMap<Services, Site>()

/** One for all who answer with these services. */
export function siteOf(services: Services): Site {
  const known = sites.get(services)
  if (known) return known
  const site = makeSite(services)
  sites.set(services, site)
  return site
}

function makeSite({ settings, text, slots, passkeys }: Services): Site {
  return {
    name: settings.siteName,
    text,
    support: settings.supportEmail,
    assets: loadAssets(settings),
    basePath: settings.basePath,
    passwordMinLength: settings.passwordMinLength,
    rememberedDays: Math.max(1, Math.floor(settings.sessionIdleRemembered / days(1))),
    emails: emailsMode(settings),
    offersSecondFactor: settings.secondFactor !== 'off',
    offersPasskeys: passkeys.isOffered,
    passkeyDomain: passkeys.domain,
    verifyLinkLife: settings.verifyLinkLife,
    resetLinkLife: settings.resetLinkLife,
    deletionDelay: settings.deletionDelay,
    ...linksOfTheApp(settings, { fields: settings.fields, slots }),
  }
}
