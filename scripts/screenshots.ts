// Takes a picture of every page in every state, wide and narrow, light and dark, into screenshots/. It drives the built
// product, started as anybody would start it.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { flagName, type SettingName } from '../packages/gatelodge/src/config/schema.ts'
import { launchBrowser } from '../packages/gatelodge/tests/support/browser.ts'
import { freePort } from '../packages/gatelodge/tests/support/mysql-server.ts'
import {
  breakDatabase,
  health,
  type SiteKind,
  type State,
  sites,
  states,
} from '../packages/gatelodge/tests/support/states.ts'
import { untilAnswers } from '../packages/gatelodge/tests/support/until-answers.ts'

const program = fileURLToPath(new URL('../packages/gatelodge/dist/cli/main.js', import.meta.url))
const pictures = fileURLToPath(new URL('../screenshots/', import.meta.url))
const screens = { wide: { width: 1280, height: 900 }, narrow: { width: 390, height: 844 } }
const folder = mkdtempSync(join(tmpdir(), 'gatelodge-screenshots-'))
const started: ChildProcess[] = []

rmSync(pictures, { recursive: true, force: true })
mkdirSync(pictures)
const browser = await launchBrowser()
try {
  const baseUrls = {} as Record<SiteKind, string>
  for (const kind of Object.keys(sites) as SiteKind[]) baseUrls[kind] = await start(kind)
  for (const state of states) await take(browser, state, baseUrls[state.site])
  console.log(`${states.length} states, ${states.length * 4} pictures in ${pictures}`)
} finally {
  await browser.close()
  for (const child of started) child.kill()
  rmSync(folder, { recursive: true, force: true })
}

async function start(kind: SiteKind): Promise<string> {
  const file = join(folder, `${kind}.sqlite`)
  const port = await freePort()
  const looks = { siteName: 'Acme Books', supportEmail: 'help@acme.example', dataDir: folder }
  const settings = { port, databaseUrl: `sqlite:${file}`, logLevel: 'silent', ...looks, ...sites[kind] }
  const words = Object.entries(settings).flatMap(([name, value]) => [flagName(name as SettingName), String(value)])
  // Without the variables of whoever runs this, the pictures are the same on every machine.
  started.push(
    spawn(process.execPath, [program, 'serve', ...words], { stdio: ['ignore', 'ignore', 'inherit'], env: {} }),
  )
  const baseUrl = `http://localhost:${port}`
  await untilAnswers(baseUrl + health(kind))
  if (kind === 'broken') breakDatabase(file)
  return baseUrl
}

async function take(browser: Browser, { name, reach }: State, baseURL: string): Promise<void> {
  const context = await browser.newContext({ baseURL, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await reach(page)
  for (const [screen, size] of Object.entries(screens)) {
    await page.setViewportSize(size)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.screenshot({ path: join(pictures, `${name}-${screen}-${colorScheme}.png`), fullPage: true })
    }
  }
  await context.close()
}
