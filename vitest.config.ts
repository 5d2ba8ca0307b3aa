// Two suites: `npm test` for every change, and with `--mode exhaustive` (`npm run test:exhaustive`) what takes long.
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { LongOnesFirst } from './packages/gatelodge/tests/support/long-ones-first.ts'

const exhaustive = 'packages/gatelodge/tests/exhaustive'
/** They walk all the way in the exhaustive suite, and take a sample of it in `npm test`. */
const walks = `${exhaustive}/**/*.walk.test.ts`
/** The groups whose tests drive a browser. */
const inBrowser = `${exhaustive}/in-a-browser`
const journeys = 'packages/gatelodge/tests/journeys'
/** They change what the others share: a module. */
const alone = ['tests/exhaustive/who-has-an-account/*.walk', 'src/identity/passkeys/specification'].map(
  (name) => `packages/gatelodge/${name}.test.ts`,
)

export default defineConfig(({ mode }) => {
  const isExhaustive = mode === 'exhaustive'
  return {
    test: {
      globalSetup: [
        'packages/gatelodge/tests/support/run-folder.ts',
        'packages/gatelodge/tests/support/mysql-server.ts',
      ],
      provide: { walks: isExhaustive ? 'whole' : 'sample' },
      reporters: [
        'default',
        './packages/gatelodge/tests/requirements/fresh.ts',
        './packages/gatelodge/tests/support/closing-line.ts',
      ],
      // More than one for each core makes all of them slower: four on two cores took 1.3 times the processor time of two.
      maxWorkers: Math.min(4, Math.max(2, availableParallelism())),
      sequence: { sequencer: LongOnesFirst },
      projects: isExhaustive ? groups() : suites(),
    },
  }
})

/** What every contributor runs. */
function suites(): TestProjectInlineConfiguration[] {
  return [
    product('product', ['packages/**/*.test.{ts,tsx}', 'bench/**/*.test.ts'], {
      exclude: [
        `${journeys}/**`,
        ...alone,
        `${exhaustive}/**/!(*.walk).test.ts`,
        `${inBrowser}/**`,
        '**/node_modules/**',
      ],
    }),
    product('alone', alone, { isolate: true }),
    browser('journeys', [`${journeys}/*.test.ts`, walks.replace(exhaustive, inBrowser)]),
  ]
}

/** One for each folder: its name says what it proves. */
function groups(): TestProjectInlineConfiguration[] {
  const folders = readdirSync(join(import.meta.dirname, exhaustive), { withFileTypes: true })
  return folders
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const files = `${exhaustive}/${name}/**/*.test.ts`
      if (`${exhaustive}/${name}` === inBrowser) return browser(name, [files, ...journeysWithoutScripts()])
      return product(name, [files], { isolate: true })
    })
}

/** Of the journeys of `npm test` those that are told once more without scripts (tests/support/journey.ts). */
function journeysWithoutScripts(): string[] {
  const all = readdirSync(join(import.meta.dirname, journeys)).map((file) => `${journeys}/${file}`)
  return all.filter((file) =>
    /withAndWithoutScripts|isWhole/.test(readFileSync(join(import.meta.dirname, file), 'utf8')),
  )
}

type Options = TestProjectInlineConfiguration['test']

function product(name: string, include: string[], more: Options = {}): TestProjectInlineConfiguration {
  // Nothing of ours, and nothing that we depend on, makes code of text while people are served (ASVS V1.3.2).
  return project(name, include, { execArgv: ['--disallow-code-generation-from-strings'], ...more })
}

/** What drives the browser makes code of text itself. */
function browser(name: string, include: string[]): TestProjectInlineConfiguration {
  return project(name, include, {})
}

function project(name: string, include: string[], more: Options): TestProjectInlineConfiguration {
  return {
    // Tests are compiled as the product is: hono's JSX.
    oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
    test: {
      name,
      include,
      // What they import is loaded once, and the browser started once: that took longer than most of the files.
      isolate: false,
      // A busy machine is no failure; what hangs still ends.
      testTimeout: 180_000,
      hookTimeout: 240_000,
      // Those that run side by side do so because they wait (exhaustive/a-statement-hangs).
      maxConcurrency: 20,
      ...more,
    },
  }
}
