import { defineConfig } from 'vitest/config'
import { LongOnesFirst } from './packages/gatelodge/tests/support/long-ones-first.ts'

const journeys = 'packages/gatelodge/tests/journeys/**/*.test.ts'
/** They change what the others share: a module, and the words of the process. */
const alone = ['enumeration', 'words'].map((name) => `packages/gatelodge/tests/${name}.test.ts`)

const both = {
  // Tests are compiled as the product is: hono's JSX.
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  // A busy machine is no failure; what hangs still ends.
  // Those that run side by side do so because they wait (tests/hangs.test.ts).
  // What they import is loaded once, and the browser started once: that took longer than most of the files.
  test: { isolate: false, testTimeout: 60_000, hookTimeout: 120_000, maxConcurrency: 20 },
} as const

const product = {
  ...both.test,
  // Nothing of ours, and nothing that we depend on, makes code of text while people are served (ASVS V1.3.2).
  execArgv: ['--disallow-code-generation-from-strings'],
}

export default defineConfig({
  test: {
    globalSetup: ['packages/gatelodge/tests/support/run-folder.ts', 'packages/gatelodge/tests/support/mysql-server.ts'],
    reporters: [
      'default',
      './packages/gatelodge/tests/requirements/fresh.ts',
      './packages/gatelodge/tests/support/closing-line.ts',
    ],
    // More than the cores of a small machine: many tests wait.
    maxWorkers: 4,
    sequence: { sequencer: LongOnesFirst },
    projects: [
      {
        ...both,
        test: {
          ...product,
          name: 'product',
          include: ['packages/**/*.test.{ts,tsx}', 'bench/**/*.test.ts'],
          exclude: [journeys, ...alone, '**/node_modules/**'],
        },
      },
      { ...both, test: { ...product, name: 'alone', isolate: true, include: alone } },
      // What drives the browser makes code of text itself.
      { ...both, test: { ...both.test, include: [journeys], name: 'journeys' } },
    ],
  },
})
