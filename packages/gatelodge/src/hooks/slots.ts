// Places on our pages that the app that holds us may fill.
import { raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Log } from '../log.ts'

/** Which page is made. */
export interface SlotPage {
  /** Its path without the slash. */
  page: 'login' | 'register' | 'forgot-password'
  /** The setting `siteName`. */
  siteName: string
}

/** Text, which is escaped; or markup of hono/jsx or hono/html, which is taken as it is. */
type Filling = string | HtmlEscapedString | Promise<HtmlEscapedString> | undefined | null

/** Called with what page it is, never with who sees it: what comes back may be kept for everyone. */
export interface Slots {
  /** Below the forms of login, registration and forgotten passwords. */
  belowForm?(page: SlotPage): Filling
  /** At the foot of every page, those for failures among them. */
  foot?(page: Pick<SlotPage, 'siteName'>): Filling
}

const all: Record<keyof Slots, true> = { belowForm: true, foot: true }
export const slotNames = Object.keys(all)

/** What stands there: nothing, where nothing was given or it failed. */
export interface FilledSlots {
  /** Below that page's form. */
  belowForm(page: SlotPage): string | null
  /** At the foot of every page. */
  foot(page: Pick<SlotPage, 'siteName'>): string | null
}

export function createSlots(slots: Slots, log: Log): FilledSlots {
  /** People must be able to log in, whatever a decoration does. */
  function fill(name: keyof Slots, give: () => unknown): string | null {
    try {
      return markupOf(give())
    } catch (error) {
      log.error({ hook: name, err: error }, 'hook.failed')
      return null
    }
  }
  return {
    belowForm: (page) => fill('belowForm', () => slots.belowForm?.(page)),
    foot: (page) => fill('foot', () => slots.foot?.(page)),
  }
}

/** @throws {TypeError} for what is neither text nor markup. */
function markupOf(filling: unknown): string | null {
  if (filling === undefined || filling === null) return null
  if (typeof filling === 'string') return filling
  // Markup carries this sign; the app's hono need not be the one that we have.
  const isMarkup = (filling as Partial<HtmlEscapedString>).isEscaped === true
  const rendered: unknown = isMarkup ? (filling as object).toString() : undefined
  if (typeof rendered !== 'string') throw new TypeError('a slot gives text or markup of hono/jsx, at once')
  return raw(rendered)
}
