// Everything about the code that needs no running product: habits, types, unused code, the lock file, fresh docs.
// Each step has a name; all run, and the ones that fail are named at the end.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

const steps = {
  'habits (biome)': () => run('biome', 'ci', '--colors=off', '--error-on-warnings', '.'),
  types: () => run('tsc', '-p', '.'),
  'types of the browser scripts': () => run('tsc', '-p', 'packages/gatelodge/src/web/scripts'),
  'unused code (knip)': () => run('knip'),
  'lock file without host names': () =>
    !/"resolved": "[a-z+]+:/.test(readFileSync(`${root}/package-lock.json`, 'utf8')),
  'docs/configuration.md is fresh': () => run('node', 'scripts/configuration-docs.ts', '--check'),
  'the types of the messages are fresh': () => run('node', 'scripts/text.ts', '--check'),
}

const failed = Object.entries(steps).filter(([name, step]) => {
  const ok = step()
  console.log(`${ok ? 'ok  ' : 'FAIL'}  ${name}`)
  return !ok
})
process.exitCode = failed.length > 0 ? 1 : 0

function run(command, ...words) {
  const { status, stdout, stderr } = spawnSync(command, words, { cwd: root, encoding: 'utf8' })
  if (status !== 0) console.log(`${stdout}${stderr}`)
  return status === 0
}
