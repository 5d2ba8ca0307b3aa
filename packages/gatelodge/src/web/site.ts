// What every page needs to know of the site. Made once, at start.
import { type LettersMode, lettersMode } from '../config/letters-mode.ts'
import type { Settings } from '../config/schema.ts'
import { days, type Milliseconds } from '../time.ts'
import { type Assets, loadAssets } from './assets.ts'

export interface Site {
  name: string
  support: string | undefined
  assets: Assets
  /** What stands before each address of ours; empty: nothing. */
  basePath: string
  passwordMinLength: number
  rememberedDays: number
  /** Whether letters leave, are shown in development, or are none at all. */
  letters: LettersMode
  verifyLinkLife: Milliseconds
  resetLinkLife: Milliseconds
  deletionDelay: Milliseconds
}

export function siteOf(settings: Settings): Site {
  return {
    name: settings.siteName,
    support: settings.supportEmail,
    assets: loadAssets(),
    basePath: settings.basePath,
    passwordMinLength: settings.passwordMinLength,
    rememberedDays: Math.max(1, Math.floor(settings.sessionIdleRemembered / days(1))),
    letters: lettersMode(settings),
    verifyLinkLife: settings.verifyLinkLife,
    resetLinkLife: settings.resetLinkLife,
    deletionDelay: settings.deletionDelay,
  }
}
