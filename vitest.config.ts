import { defineConfig } from 'vitest/config'

const journeys = 'packages/gatelodge/tests/journeys/**/*.test.ts'

const both = {
  // Tests are compiled as the product is: hono's JSX.
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  // A busy machine is no failure; what hangs still ends.
  // Those that run side by side do so because they wait (tests/hangs.test.ts).
  test: { testTimeout: 60_000, hookTimeout: 120_000, maxConcurrency: 10 },
} as const

const product = {
  include: ['packages/**/*.test.{ts,tsx}', 'bench/**/*.test.ts'],
  exclude: [journeys, '**/node_modules/**'],
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
    maxWorkers: 2,
    projects: [
      { ...both, test: { ...both.test, ...product, name: 'product' } },
      // What drives the browser makes code of text itself.
      { ...both, test: { ...both.test, include: [journeys], name: 'journeys' } },
    ],
  },
})
