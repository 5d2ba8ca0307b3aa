// Builds the package: TypeScript to dist/, the style sheet and the browser script to assets/, each named by its hash.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')

rmSync(join(here, 'dist'), { recursive: true, force: true })
rmSync(join(here, 'assets'), { recursive: true, force: true })

await build({
  absWorkingDir: here,
  entryPoints: {
    gatelodge: 'src/web/styles/index.css',
    page: 'src/web/scripts/page.ts',
    mark: 'src/web/styles/mark.svg',
  },
  entryNames: '[name].[hash]',
  outdir: 'assets',
  bundle: true,
  minify: true,
  format: 'esm',
  // The oldest browsers that know light-dark(); older ones get the light colours.
  target: ['chrome123', 'firefox120', 'safari17.5'],
  loader: { '.svg': 'copy' },
})

const types = spawnSync(process.execPath, [compiler, '-p', join(here, 'tsconfig.json')], { stdio: 'inherit' })
process.exit(types.status ?? 1)
