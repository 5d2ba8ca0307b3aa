// Takes a picture of every page in every state, on every screen, in all colours and sizes of text, into screenshots/. It drives the built
// product, started as anyone would start it. Words behind it choose: `npm run screenshots -- devices account-deleted` takes the
// states whose names begin so.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { launchBrowser } from '../packages/gatelodge/tests/support/browser.ts'
import { useDataFolder } from '../packages/gatelodge/tests/support/data-folder.ts'
import { looks, show } from '../packages/gatelodge/tests/support/looks.ts'
import { freePort } from '../packages/gatelodge/tests/support/mysql-server.ts'
import {
  databaseFiles,
  health,
  type SiteKind,
  type State,
  sites,
  states,
} from '../packages/gatelodge/tests/support/states.ts'
import { untilAnswers } from '../packages/gatelodge/tests/support/until-answers.ts'

const program = fileURLToPath(new URL('../packages/gatelodge/dist/cli/main.js', import.meta.url))
const pictures = fileURLToPath(new URL('../screenshots/', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'gatelodge-screenshots-'))
useDataFolder(folder)
const started: ChildProcess[] = []
const beginnings = process.argv.slice(2)
const wanted = states.filter(
  ({ name }) => beginnings.length === 0 || beginnings.some((beginning) => name.startsWith(beginning)),
)

rmSync(pictures, { recursive: true, force: true })
mkdirSync(pictures)
const browser = await launchBrowser()
try {
  const baseUrls = {} as Record<SiteKind, string>
  for (const kind of new Set(wanted.map(({ site }) => site))) baseUrls[kind] = await start(kind)
  for (const state of wanted) await take(browser, state, baseUrls[state.site])
  console.log(`${wanted.length} states, ${wanted.length * looks.length} pictures in ${pictures}`)
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
  const config = join(folder, `${kind}.json`)
  writeFileSync(config, JSON.stringify(settings))
  const words = [program, 'serve', '--config', config]
  // Without the variables of anyone who runs this, the pictures are the same on every machine.
  started.push(spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'inherit'], env: {} }))
  const baseUrl = `http://localhost:${port}`
  await untilAnswers(baseUrl + health(kind))
  databaseFiles.set(kind, file)
  return baseUrl
}

async function take(browser: Browser, { name, reach }: State, baseURL: string): Promise<void> {
  const context = await browser.newContext({ baseURL, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await reach(page)
  for (const look of looks) {
    await show(page, look)
    await page.screenshot({ path: join(pictures, `${name}-${look.name}.png`), fullPage: true })
  }
  await context.close()
}
