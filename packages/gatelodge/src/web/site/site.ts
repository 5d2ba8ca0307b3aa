// What every page needs to know of the site. Made once, at start.

import type { CustomField } from '../../config/custom-fields.ts'
import { type EmailsMode, emailsMode } from '../../config/email-mode.ts'
import type { FilledSlots } from '../../hooks/slots.ts'
import { markOf } from '../../identity/connections/rules.ts'
import type { Services } from '../../services.ts'
import type { Text } from '../../text/text.ts'
import { days, type Milliseconds } from '../../time.ts'
import { linksOfTheApp } from './app-links.ts'
import { type Assets, addLogo, loadAssets } from './assets.ts'

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
  /** Other ways to log in, in the order of their buttons. */
  connections: ShownConnection[]
  /** They stand above the form. */
  connectionsAbove: boolean
  /** What registration asks beyond name and address. */
  fields: CustomField[]
  /** What the app that holds us has to say. */
  slots: FilledSlots
}

export interface ShownConnection {
  name: string
  label: string
  mark: ReturnType<typeof markOf>
  /** Where browsers find the site's own picture. */
  logo: string | undefined
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

function makeSite({ settings, text, slots, passkeys, connections }: Services): Site {
  const assets = loadAssets(settings)
  return {
    name: settings.siteName,
    text,
    support: settings.supportEmail,
    assets,
    basePath: settings.basePath,
    passwordMinLength: settings.passwordMinLength,
    rememberedDays: Math.max(1, Math.floor(settings.sessionIdleRemembered / days(1))),
    emails: emailsMode(settings),
    offersSecondFactor: settings.secondFactor !== 'off',
    offersPasskeys: passkeys.isOffered,
    passkeyDomain: passkeys.domain,
    connections: connections.settings.map((one) => ({
      ...{ name: one.name, label: one.label, mark: markOf(one) },
      logo: one.logo === undefined ? undefined : addLogo(assets, one.name, one.logo),
    })),
    connectionsAbove: settings.connectionButtons === 'above',
    verifyLinkLife: settings.verifyLinkLife,
    resetLinkLife: settings.resetLinkLife,
    deletionDelay: settings.deletionDelay,
    ...linksOfTheApp(settings, { fields: settings.fields, slots }),
  }
}
