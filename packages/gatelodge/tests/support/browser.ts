// A real Chromium for journeys and screenshots: the one in CHROMIUM_PATH, or the packed one of @sparticuz/chromium, which
// needs nothing from the machine. Where neither can run, the failure says what to do.
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // One process for all pages: a browser makes a spare one for each page that is opened, which takes longer than the page.
  '--renderer-process-limit=1',
  '--in-process-gpu',
]

/** @param more flags beside those that every test has. */
export function launchBrowser(more: string[] = []): Promise<Browser> {
  return withAdvice(async () => {
    const { args, ...rest } = await program()
    return chromium.launch({ ...rest, args: [...args, ...more] })
  })
}

/** A browser that keeps its profile in a folder, so that it can be closed and opened again. */
export function launchProfile(folder: string, options: BrowserContextOptions): Promise<BrowserContext> {
  return withAdvice(async () => chromium.launchPersistentContext(folder, { ...options, ...(await program()) }))
}

interface Program {
  executablePath: string
  args: string[]
  env?: Record<string, string | undefined>
}

async function program(): Promise<Program> {
  const given = process.env.CHROMIUM_PATH
  if (given) return { executablePath: given, args: flags }
  const folder = await unpacked()
  const env = { ...process.env, LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_PATH: folder }
  return { executablePath: join(folder, 'chromium'), args: flags, env }
}

const packageFolder = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')))

/** Unpacks it once, beside the package. It gets its name when it is whole, so two that start together cannot meet half of it. */
async function unpacked(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'))
  const cache = join(packageFolder, '../../.cache')
  const folder = join(cache, `chromium-${version}`)
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  const draft = mkdtempSync(`${folder}-`)
  const unpack = join(import.meta.dirname, 'unpack-chromium.ts')
  await promisify(execFile)(process.execPath, [unpack], { env: { ...process.env, TMPDIR: draft } })
  writeFileSync(join(draft, 'fonts.conf'), fontsFrom(folder))
  try {
    renameSync(draft, folder)
  } catch (error) {
    rmSync(draft, { recursive: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}

/** The package's own file looks in /tmp only, and a page without any font has no text. */
function fontsFrom(folder: string): string {
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>
`
}

async function withAdvice<T>(launch: () => Promise<T>): Promise<T> {
  try {
    return await launch()
  } catch (error) {
    const tried = process.env.CHROMIUM_PATH ? 'the one in CHROMIUM_PATH' : 'the packed one (made for Linux on x64)'
    throw new Error(
      `The journeys need a Chromium, and ${tried} did not start here. Install Chromium or Chrome and name its program: ` +
        `CHROMIUM_PATH=/usr/bin/chromium npm test\nWhat it said: ${(error as Error).message}`,
    )
  }
}
