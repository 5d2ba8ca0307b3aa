import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Tests are compiled as the product is: hono's JSX.
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    include: ['packages/**/*.test.{ts,tsx}'],
    globalSetup: ['packages/gatelodge/tests/support/run-folder.ts', 'packages/gatelodge/tests/support/mysql-server.ts'],
    reporters: [
      'default',
      './packages/gatelodge/tests/requirements/fresh.ts',
      './packages/gatelodge/tests/support/closing-line.ts',
    ],
    // A busy machine is no failure; what hangs still ends.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // Nothing of ours, and nothing that we depend on, makes code of text while people are served (ASVS V1.3.2).
    execArgv: ['--disallow-code-generation-from-strings'],
  },
})
