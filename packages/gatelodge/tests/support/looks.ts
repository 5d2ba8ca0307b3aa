// The ways people look at a page: screens, colours and sizes of text. Tests check each state in all of them, and the
// screenshots show them.
import type { Page } from 'playwright-core'

const screens = { wide: [1280, 900], narrow: [390, 844], small: [320, 640] } as const

const ways = {
  light: {},
  dark: { colorScheme: 'dark' },
  forced: { forcedColors: 'active' },
  '130': { text: 130 },
  '200': { text: 200 },
  spaced: { spaced: true },
} as const satisfies Record<string, { colorScheme?: 'dark'; forcedColors?: 'active'; text?: number; spaced?: true }>

export interface Look {
  name: string
  /** In CSS pixels. */
  width: number
  height: number
  colorScheme: 'light' | 'dark'
  forcedColors: 'active' | 'none'
  /** The size of text, in percent of the usual one. */
  text: number
  /** With the space in text that readers may set (WCAG 1.4.12). */
  spaced: boolean
}

/** Every screen in every way. The last is 1280x1024 enlarged to 400 % (WCAG 1.4.10). */
export const looks: Look[] = [
  ...Object.entries(screens).flatMap(([screen, [width, height]]) =>
    Object.entries(ways).map(([way, more]) => lookOf(`${screen}-${way}`, width, height, more)),
  ),
  lookOf('enlarged', 320, 256),
]

function lookOf(name: string, width: number, height: number, more: Partial<Look> = {}): Look {
  return { name, width, height, colorScheme: 'light', forcedColors: 'none', text: 100, spaced: false, ...more }
}

const spacing = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-block-end: 2em !important }`

/** Shows the page that is open in that way. The policy of the page allows what a script of the browser sets. */
export async function show(page: Page, look: Look): Promise<void> {
  const { width, height, colorScheme, forcedColors, text, spaced } = look
  const shown = page.viewportSize()
  // The browser draws everything again, even where it is the same size.
  if (shown?.width !== width || shown.height !== height) await page.setViewportSize({ width, height })
  await page.emulateMedia({ colorScheme, forcedColors })
  await page.evaluate(`{
    document.documentElement.style.fontSize = ${text === 100 ? "''" : `'${text}%'`}
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(${JSON.stringify(spaced ? spacing : '')})
    document.adoptedStyleSheets = [sheet]
  }`)
}
